"""Annotated French → one JSON line: how many content lemmas are right, beside plain spaCy.

    python bench/lemmas.py fr_gsd-ud-test.conllu fr_sequoia-ud-test.conllu.gz

Percentages of the verbs, nouns and adjectives of CoNLL-U files, all files together and each apart;
case is ignored, contractions (« du ») are left out. `content_gold` is from words as the files cut
them, `content_end_to_end` from raw text, where a word is wrong unless one of ours is exactly there;
`fast_gold` is without the model. Every run repairs the words as a study does. The noisy ones are on
words as cut:

    accents   accents stripped
    capitals  upper case without accents
    typos     one typing error in 10 % of the content words of five small letters or more
    mix       small letters, no accents, no punctuation, a typing error in 15 % of those words

The same keys after `stock_` are spaCy's own. The most frequent wrong lemmas go to stderr.
"""

import argparse
import json
import os
import random
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

from verbatims.errors import VerbatimsError  # noqa: E402  (after the threads are pinned)
from verbatims.nlp import pipeline, repair  # noqa: E402
from verbatims.nlp.lexicon.sources import Token, treebank  # noqa: E402

CONTENT = ("VERB", "NOUN", "ADJ")
SPOILT = (*CONTENT, "ADV")
SHORTEST = 5  # letters of a word that may get a typing error
SEED = 1
WORST = 30

# What a finger hits beside the key it meant, on a French keyboard.
BESIDE = {
    **{"a": "zq", "b": "vn", "c": "xv", "d": "sf", "e": "zr", "i": "uo", "k": "jl", "l": "km"},
    **{"m": "lp", "n": "b", "o": "ip", "p": "om", "r": "et", "s": "qd", "t": "ry", "u": "yi"},
    "z": "ae",
}

Sentence = Sequence[Token]
Lemmas = list[dict[tuple[int, int], str]]  # for each sentence, the lemma at each place
Missed = Counter[tuple[str, str, str, str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", type=Path, nargs="+", help="CoNLL-U, gzipped or not")
    try:
        files = {str(path): treebank(path) for path in parser.parse_args().files}
    except VerbatimsError as error:
        sys.exit(str(error))
    missed: Missed = Counter()
    counted = {name: _measured(sentences, missed) for name, sentences in files.items()}
    pooled: Counter[str] = Counter()
    for counts in counted.values():
        pooled.update(counts)
    by_file = {name: _percents(counts) for name, counts in counted.items()}
    print(json.dumps({**_percents(pooled), "files": by_file}, ensure_ascii=False))
    print(_worst(missed), file=sys.stderr)


def _measured(sentences: list[list[Token]], missed: Missed) -> Counter[str]:
    """How many content words there are (""), and how many each run gets right."""
    gold = [_places(sentence) for sentence in sentences]
    texts, reader = [_text(sentence) for sentence in sentences], _reader(sentences)
    runs = {
        "content_gold": _ours(sentences, reader),
        "content_end_to_end": _lemmas(pipeline.analyse(texts, reader)),
        "fast_gold": _ours(sentences, reader, fast=True),
        "stock_gold": _stock(sentences),
        "stock_end_to_end": _stock_lemmas(texts),
    }
    counts = Counter({name: _right(gold, sentences, lemmas) for name, lemmas in runs.items()})
    counts[""] = sum(token.pos in CONTENT for sentence in sentences for token in sentence)
    missed.update(_wrong(gold, sentences, runs["content_gold"]))
    for name, spoil in NOISES.items():
        noisy = spoil(sentences, random.Random(SEED))
        places = [_places(sentence) for sentence in noisy]
        counts[name] = _right(places, noisy, _ours(noisy, _reader(noisy)))
        counts[f"stock_{name}"] = _right(places, noisy, _stock(noisy))
    return counts


def _places(sentence: Sentence) -> list[tuple[int, int]]:
    """Where each word is in the text."""
    places, start = [], 0
    for token in sentence:
        places.append((start, start + len(token.form)))
        start += len(token.form) + token.space
    return places


def _text(sentence: Sentence) -> str:
    return "".join(token.form + " " * token.space for token in sentence)


def _ours(sentences: Sequence[Sentence], reader: Any, *, fast: bool = False) -> Lemmas:
    return _lemmas(pipeline.analyse_words(*_cut(sentences), reader, fast=fast))


def _lemmas(table: Any) -> Lemmas:
    columns = (table[name].to_pylist() for name in ("start", "end", "lemma"))
    return [
        dict(zip(zip(start, end, strict=True), lemmas, strict=True))
        for start, end, lemmas in zip(*columns, strict=True)
    ]


def _cut(sentences: Sequence[Sentence]) -> tuple[list[list[str]], list[list[bool]]]:
    words = [[token.form for token in sentence] for sentence in sentences]
    return words, [[token.space for token in sentence] for sentence in sentences]


def _reader(sentences: Sequence[Sentence]) -> Any:
    """The repair that a corpus of these texts gets."""
    return repair.Repair(repair.survey([_text(sentence) for sentence in sentences]).counts)


@cache
def _spacy() -> Any:
    import spacy

    return spacy.load("fr_core_news_md", exclude=["parser", "ner"])


def _stock(sentences: Sequence[Sentence]) -> Lemmas:
    from spacy.tokens import Doc

    cut = zip(*_cut(sentences), strict=True)
    return _stock_lemmas([Doc(_spacy().vocab, words=words, spaces=spaces) for words, spaces in cut])


def _stock_lemmas(texts: Sequence[Any]) -> Lemmas:
    return [
        {(token.idx, token.idx + len(token.text)): token.lemma_ for token in doc}
        for doc in _spacy().pipe(texts, batch_size=128)
    ]


def _right(gold: list[list[tuple[int, int]]], sentences: Sequence[Sentence], found: Lemmas) -> int:
    content = sum(token.pos in CONTENT for sentence in sentences for token in sentence)
    return content - sum(_wrong(gold, sentences, found).values())


def _wrong(
    gold: list[list[tuple[int, int]]], sentences: Sequence[Sentence], found: Lemmas
) -> Missed:
    """Part of speech, form, true lemma and the one found, with how often."""
    return Counter(
        (token.pos, token.form.lower(), token.lemma.lower(), lemmas.get(place, "").lower())
        for places, sentence, lemmas in zip(gold, sentences, found, strict=True)
        for place, token in zip(places, sentence, strict=True)
        if token.pos in CONTENT and lemmas.get(place, "").lower() != token.lemma.lower()
    )


def _each(change: Callable[[Token, random.Random], str]) -> Callable[..., list[list[Token]]]:
    def spoil(sentences: Sequence[Sentence], chance: random.Random) -> list[list[Token]]:
        return [
            [token._replace(form=change(token, chance)) for token in sentence]
            for sentence in sentences
        ]

    return spoil


def unaccented(word: str) -> str:
    """« Cœur d'été » → « Coeur d'ete »."""
    letters = unicodedata.normalize("NFD", word)
    kept = "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")
    return kept.replace("œ", "oe").replace("æ", "ae")


def typing_error(word: str, chance: random.Random) -> str:
    """A letter left out, two exchanged, one doubled, or the key beside."""
    at, kind = chance.randrange(1, len(word)), chance.random()
    if kind < 0.3:
        return word[:at] + word[at + 1 :]
    if kind < 0.55:
        return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
    if kind < 0.8:
        return word[:at] + word[at] + word[at:]
    return word[:at] + chance.choice(BESIDE.get(word[at], "e")) + word[at + 1 :]


def mistyped(token: Token, chance: random.Random, rate: float) -> str:
    form = token.form
    may = token.pos in SPOILT and len(form) >= SHORTEST and form.isalpha() and form.islower()
    return typing_error(form, chance) if may and chance.random() < rate else form


def mixed(sentences: Sequence[Sentence], chance: random.Random) -> list[list[Token]]:
    """Without punctuation, and each word apart."""
    kept = ([token for token in sentence if token.pos != "PUNCT"] for sentence in sentences)
    plain = (
        [token._replace(form=unaccented(token.form).lower(), space=True) for token in sentence]
        for sentence in kept
        if sentence
    )
    return [
        [token._replace(form=mistyped(token, chance, 0.15)) for token in sentence]
        for sentence in plain
    ]


NOISES = {
    "accents": _each(lambda token, _: unaccented(token.form)),
    "capitals": _each(lambda token, _: unaccented(token.form).upper()),
    "typos": _each(lambda token, chance: mistyped(token, chance, 0.10)),
    "mix": mixed,
}


def _percents(counts: Counter[str]) -> dict[str, float]:
    content = max(counts[""], 1)
    return {name: round(100 * counts[name] / content, 2) for name in counts if name}


def _worst(missed: Missed) -> str:
    lines = [f"{'':5} {'forme':20} {'lemme':20} {'trouvé':20} fois"]
    for (pos, form, lemma, found), times in missed.most_common(WORST):
        lines.append(f"{pos:5} {form:20} {lemma:20} {found or '(mal découpé)':20} {times:4}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
