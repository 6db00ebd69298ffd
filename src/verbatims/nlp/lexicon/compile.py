"""Sources of French words → the data files beside this script, each under its sources' licence.

    python -m verbatims.nlp.lexicon.compile --lefff lefff-3.4.mlex --wordfreq large_fr.msgpack.gz
        --lgpl-lr sequoia-train.conllu --cc-by-sa rhapsodie-train.conllu parisstories-train.conllu

Where the sources come from is in LICENCES.md. The same sources give the same bytes. Annotated
texts are CoNLL-U files, gzipped or not.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from verbatims.nlp.lexicon import sources
from verbatims.nlp.lexicon.learn import learnt
from verbatims.nlp.lexicon.sources import Pairs, Word

HERE = Path(__file__).parent

_RAREST = 0.05  # per million words: rarer ones are kept only if another source knows them
_CONTENT = ("NOUN", "VERB", "ADJ")
_LONGEST_ENDING, _FEWEST = 6, 4  # letters of an ending; words that must have it
_REFUSED = {("madame", "NOUN", "monsieur"), ("mesdames", "NOUN", "monsieur")}


def main() -> None:
    options = _options()
    frequencies = sources.frequencies(options.wordfreq)
    lefff = sources.lefff(options.lefff)
    free_texts, shared_texts = (
        [sentence for path in paths for sentence in sources.treebank(path)]
        for paths in (options.lgpl_lr, options.cc_by_sa)
    )
    free, shared = sources.pairs(free_texts), sources.pairs(shared_texts)
    for word in _REFUSED:
        del free[word], shared[word]
    words = _plausible(dict(_preferred(lefff, free, frequencies)), frequencies)
    known = {form for form, _ in words} | {form for form, *_ in shared}
    _write("words", _counted([(*key, lemma, free[*key, lemma]) for key, lemma in words.items()]))
    _write("treebanks", _counted([(*word, count) for word, count in shared.items()]))
    _write("frequencies", _heard(frequencies, known))
    _write("endings", _endings(words))
    common = {form for form, _ in lefff}
    _write("choice", learnt([*free_texts, *shared_texts], common))  # from the files just written


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lefff", type=Path, required=True)
    parser.add_argument("--wordfreq", type=Path, required=True)
    parser.add_argument("--lgpl-lr", type=Path, nargs="*", default=[], help="annotated texts")
    parser.add_argument("--cc-by-sa", type=Path, nargs="*", default=[], help="annotated texts")
    return parser.parse_args()


def _preferred(
    lefff: dict[tuple[str, str], list[str]], pairs: Pairs, frequencies: dict[str, float]
) -> Iterator[tuple[tuple[str, str], str]]:
    """One lemma for each form and part of speech: the one met most, then the most frequent."""
    candidates = {key: list(lemmas) for key, lemmas in lefff.items()}
    for form, part, lemma in pairs:
        candidates.setdefault((form, part), []).append(lemma)
    for key, lemmas in candidates.items():
        ranks = {
            lemma: (pairs[*key, lemma], frequencies.get(lemma, 0), -len(lemma), lemma)
            for lemma in lemmas
        }
        yield key, max(ranks, key=ranks.__getitem__)


def _plausible(words: dict[Word, str], frequencies: dict[str, float]) -> dict[Word, str]:
    """Without the verbs that nobody uses, where a form is not one only: « issu » from « issir »."""
    others = {form for form, part in words if part in ("NOUN", "ADJ")}
    return {
        (form, part): lemma
        for (form, part), lemma in words.items()
        if part != "VERB" or lemma in frequencies or form not in others
    }


def _counted(rows: Sequence[tuple[str, str, str, int]]) -> pa.Table:
    form, pos, lemma, count = zip(*sorted(rows), strict=True) if rows else [()] * 4
    return pa.table(
        {
            "form": pa.array(form, pa.string()),
            "pos": pa.array(pos, pa.string()).dictionary_encode(),
            "lemma": pa.array(lemma, pa.string()).dictionary_encode(),
            "count": pa.array(count, pa.int32()),
        }
    )


def _heard(frequencies: dict[str, float], known: set[str]) -> pa.Table:
    heard = sorted(w for w, often in frequencies.items() if w in known or often >= _RAREST)
    often = pa.array([frequencies[word] for word in heard], pa.float32())
    return pa.table({"form": pa.array(heard, pa.string()), "frequency": often})


def _endings(words: dict[Word, str]) -> pa.Table:
    """How words of each ending become their lemmas; an ending that says no more is left out."""
    votes: dict[Word, Counter[tuple[int, str]]] = defaultdict(Counter)
    for (form, part), lemma in words.items():
        if part in _CONTENT and form.isalpha():
            for length in range(min(len(form), _LONGEST_ENDING + 1)):
                votes[part, form[len(form) - length :]][_change(form, lemma)] += 1
    rules: dict[Word, tuple[int, str]] = {}
    for part, ending in sorted(votes, key=lambda key: (len(key[1]), key)):
        voted = votes[part, ending]
        change = max(voted, key=lambda change: (voted[change], change))
        said = (rules.get((part, ending[cut:])) for cut in range(1, len(ending) + 1))
        if voted.total() >= _FEWEST and change != next(filter(None, said), None):
            rules[part, ending] = change
    parts, endings = zip(*sorted(rules), strict=True)
    cut, added = zip(*(rules[key] for key in sorted(rules)), strict=True)
    return pa.table(
        {
            "pos": pa.array(parts, pa.string()),
            "ending": pa.array(endings, pa.string()),
            "cut": pa.array(cut, pa.int8()),
            "added": pa.array(added, pa.string()),
        }
    )


def _change(form: str, lemma: str) -> tuple[int, str]:
    """« chevaux » → « cheval » is (2, "l"): letters to cut, letters to add."""
    same = 0
    while same < min(len(form), len(lemma)) and form[same] == lemma[same]:
        same += 1
    return len(form) - same, lemma[same:]


def _write(name: str, table: pa.Table) -> None:
    path = HERE / f"{name}.parquet"
    encoded: dict[str, Any] = {"use_dictionary": table.column_names}
    if table.column_names[0] == "form":  # sorted: each form is nearly the one before
        encoded["use_dictionary"] = table.column_names[1:]
        encoded["column_encoding"] = {"form": "DELTA_BYTE_ARRAY"}
    pq.write_table(table, path, compression="zstd", compression_level=19, **encoded)


if __name__ == "__main__":
    main()
