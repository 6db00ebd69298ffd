"""Labelled idea units → one JSON line: how many of them the project finds.

    python bench/segments.py GOLD.json --data FOLDER [--baseline]

A gold file has `cases`: the `file` in FOLDER (CSV or gzipped CSV), `row` (the first row after the
header is 0), `column`, `hash` (the first 12 hexadecimal digits of the text's blake2b), `kind`, and
`units`, spans in code points. A unit counts as found when both its ends are right; precision,
recall and F1 are over the units of all cases, `exact` is the share of answers without any fault.
A text that is missing or no longer the one labelled stops the measurement.
"""

import argparse
import csv
import gzip
import hashlib
import json
import sys
import time
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from verbatims.nlp.segments import split

Case = dict[str, Any]
Units = list[list[tuple[int, int]]]
OUTER = " \t\r\n\u00a0\u202f.;,:!?…-–—*•+/="


def main() -> None:
    options = _options()
    cases: list[Case] = json.loads(options.gold.read_text("utf-8"))["cases"]
    texts = [text_of(case, options.data) for case in cases]
    measured = _measured(cases, texts, split)
    if options.baseline:
        for name in ("senter", "parser"):
            measured[name] = scores(cases, _sentences(texts, name))
    print(json.dumps(measured))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--data", type=Path, required=True, help="where the answers' files are")
    parser.add_argument("--baseline", action="store_true", help="spaCy's own sentences as well")
    return parser.parse_args()


def _measured(
    cases: list[Case], texts: list[str], cut: Callable[[Sequence[str]], Units]
) -> dict[str, Any]:
    """The scores of all cases, then of each kind and each file."""
    started = time.process_time()
    found = cut(texts)
    seconds = time.process_time() - started
    measured: dict[str, Any] = scores(cases, found)
    for name in ("kind", "file"):
        groups = sorted({case[name] for case in cases})
        rows = {
            group: [at for at, case in enumerate(cases) if case[name] == group] for group in groups
        }
        measured[f"by_{name}"] = {
            group: scores([cases[at] for at in kept], [found[at] for at in kept])
            for group, kept in rows.items()
        }
    return measured | {"cpu_ms_per_answer": round(seconds / len(texts) * 1000, 2)}


def scores(cases: list[Case], found: Units) -> dict[str, float]:
    gold = [{tuple(unit) for unit in case["units"]} for case in cases]
    ours = [set(units) for units in found]
    right = sum(len(one & other) for one, other in zip(gold, ours, strict=True))
    wanted, given = sum(map(len, gold)), sum(map(len, ours))
    return {
        "f1": round(2 * right / max(1, wanted + given), 3),
        "precision": round(right / max(1, given), 3),
        "recall": round(right / max(1, wanted), 3),
        "exact": round(sum(map(set.__eq__, gold, ours)) / len(cases), 3),
        "n": len(cases),
        "units": wanted,
    }


def text_of(case: Case, folder: Path) -> str:
    rows = _rows(folder / case["file"])
    text = rows[case["row"]][case["column"]] if case["row"] < len(rows) else ""
    if hashlib.blake2b(text.encode()).hexdigest()[:12] != case["hash"]:
        sys.exit(f"{case['file']}, ligne {case['row']} : ce n'est plus le texte étiqueté.")
    return text


@cache
def _rows(path: Path) -> list[dict[str, str]]:
    csv.field_size_limit(2**31 - 1)
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8-sig", newline="") as file:
        separator = max(",;\t", key=file.readline().count)
        file.seek(0)
        return list(csv.DictReader(file, delimiter=separator))


def _sentences(texts: list[str], pipe: str) -> Units:
    """What spaCy's `senter` or `parser` takes for sentences, without their outer signs."""
    import spacy

    model: Any = spacy.load("fr_core_news_md")
    model.enable_pipe("senter")
    model.select_pipes(enable=["tok2vec", "parser"] if pipe == "parser" else ["senter"])
    spans = (
        [_trimmed(text, sentence.start_char, sentence.end_char) for sentence in doc.sents]
        for text, doc in zip(texts, model.pipe(texts), strict=True)
    )
    return [[(start, end) for start, end in found if start < end] for found in spans]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    kept = text[start:end].lstrip(OUTER)
    return end - len(kept), end - len(kept) + len(kept.rstrip(OUTER))


if __name__ == "__main__":
    main()
