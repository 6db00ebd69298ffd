"""Annotated sentences → the weights with which a part of speech is chosen."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from verbatims.nlp.lexicon.choice import (
    CAPITALS,
    FORM,
    LAST,
    PARTS,
    ROLES,
    Classes,
    Words,
    ends,
    features,
)
from verbatims.nlp.lexicon.index import Ints, normal
from verbatims.nlp.lexicon.sources import Token
from verbatims.nlp.lexicon.table import PARTS_OF_SPEECH, PLACES, Floats, lexicon, mask, parts_in

# All tuned on UD dev.
_FREQUENT = 2  # occurrences from which a word is a class of its own
_STRENGTH = 10  # inverse of the penalty on large weights
_STEPS = 300
_UNHEARD = -6  # added to the parts of speech that the lexicon does not give a form
_NEVER = -20  # the score of those that no annotated sentence has
_DECIMALS = 2

_CAPITAL = ROLES[-1]


def learnt(sentences: Sequence[Sequence[Token]], common: Iterable[str]) -> pa.Table:
    """A row for each class of words in each role, a column for each part of speech.

    Words met once that are not `common` stand for the unknown ones, which have an ending only.
    """
    counts = Counter(normal(token.form) for sentence in sentences for token in sentence)
    rare = {form for form, times in counts.items() if times < _FREQUENT}.difference(common)
    classes = _classes(counts, rare)
    words = _words(sentences)
    truth = np.array([token.pos for sentence in sentences for token in sentence])
    categories = features(words, classes.of(words.forms, rare), classes)
    weights = _weights(categories, len(classes.names), truth)
    weights[: len(classes.names)] += _unheard(classes)
    return _table(weights.round(_DECIMALS), classes)


def _classes(counts: Counter[str], rare: Iterable[str]) -> Classes:
    frequent = [form for form, times in counts.items() if times >= _FREQUENT]
    endings = {form[-LAST:] for form in rare if form.isalpha()}
    masks = np.unique(lexicon().parts).tolist()
    return Classes(sorted(filter(_has_letter, frequent)), masks, sorted(endings))


def _has_letter(form: str) -> bool:
    return any(map(str.isalpha, form))


def _words(sentences: Sequence[Sequence[Token]]) -> Words:
    forms = [token.form for sentence in sentences for token in sentence]
    numbers = {form: number for number, form in enumerate(dict.fromkeys(forms))}
    which = np.array([numbers[form] for form in forms], dtype=np.int64)
    first = np.concatenate([np.arange(len(sentence)) == 0 for sentence in sentences])
    after = np.roll(np.array(list(map(ends, forms)), dtype=bool), 1)
    return Words(list(numbers), which, first | after, first)


def _weights(categories: Sequence[Ints], size: int, truth: NDArray[Any]) -> Floats:
    """Maximum entropy over what is said of each word."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    ones, number = np.ones(len(truth)), np.arange(len(truth))
    sizes = [*[size] * (len(ROLES) - 1), len(CAPITALS)]
    design = hstack(
        [
            csr_matrix((ones, (number, category)), shape=(len(truth), columns))
            for category, columns in zip(categories, sizes, strict=True)
        ]
    ).tocsr()
    known = np.isin(truth, PARTS_OF_SPEECH)  # contractions have none
    with threadpool_limits(1):  # with the number of threads, sums and so weights would change
        model = LogisticRegression(C=_STRENGTH, max_iter=_STEPS).fit(design[known], truth[known])
    weights = np.zeros((sum(sizes), len(PARTS_OF_SPEECH)), dtype=np.float32)
    weights[-len(CAPITALS) :] = _NEVER
    places = [PLACES[part] for part in model.classes_]
    weights[:, places] = model.coef_.T
    weights[-len(CAPITALS) :, places] += model.intercept_  # each word has one capital or none
    return weights


def _unheard(classes: Classes) -> Floats:
    """What is taken from the parts of speech that a word of each class is not known to have."""
    penalty = np.zeros((len(classes.names), len(PARTS_OF_SPEECH)), dtype=np.float32)
    for number, (kind, name) in enumerate(classes.names):
        row = int(lexicon().rows([name])[0]) if kind == FORM else -1
        bits = int(lexicon().parts[row]) if row >= 0 else mask(name.split()) if kind == PARTS else 0
        heard = {*parts_in(bits), "PROPN"}
        if bits:
            penalty[number] = [0 if part in heard else _UNHEARD for part in PARTS_OF_SPEECH]
    return penalty


def _table(weights: Floats, classes: Classes) -> pa.Table:
    rows = [(role, *name) for role in ROLES[:-1] for name in classes.names]
    rows += [(_CAPITAL, "", name) for name in CAPITALS]
    columns = dict(zip(("role", "kind", "name"), zip(*rows, strict=True), strict=True))
    table = {name: pa.array(values).dictionary_encode() for name, values in columns.items()}
    for place, part in enumerate(PARTS_OF_SPEECH):
        table[part] = pa.array(weights[:, place])
    return pa.table(table)
