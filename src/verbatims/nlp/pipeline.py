"""Texts → an Arrow table with a row per text: its words, their lemmas, what and where they are."""

import re
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from verbatims.folding import plain
from verbatims.nlp.cutting import cut_glued_words

MODEL = "fr_core_news_md"

# The first number is ours: raise it whenever the same text would give other lemmas.
VERSION = f"2, spacy {version('spacy')}, {MODEL} {version(MODEL.replace('_', '-'))}"

_WORDS = pa.list_(pa.field("element", pa.dictionary(pa.int32(), pa.string())))
_PLACES = pa.list_(pa.field("element", pa.int32()))
SCHEMA = pa.schema(
    {"form": _WORDS, "lemma": _WORDS, "pos": _WORDS, "start": _PLACES, "end": _PLACES}
)

# Batches are counted in words: fewer than 1,000 waste the matrix products, and more than 4,000
# leave the processor's cache.
_BATCH = 2_000

# A text longer than this is read in parts: memory grows with the longest one.
_LONGEST = 20_000

# Inside its memory zones spaCy's tokenizer remembers no word and takes four times as long, so
# they wait until this many new strings have been learnt (about 25 MB).
_STRINGS = 100_000

_LINE_BREAK = re.compile(r"[\n\r\v\f\x85\u2028\u2029]")

_ATTRIBUTES = ["ORTH", "NORM", "SPACY", "IDX", "LENGTH", "IS_SPACE"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


def analyse(texts: Sequence[str]) -> pa.Table:
    """The words and line breaks of each text, without other spaces; text[start:end] is the form."""
    model = _model()
    # One thread: a second one costs more time than it saves, and chunks can share the processors.
    with threadpool_limits(1, user_api="blas"), model.zone():
        tokens, lengths = _tokens(model, texts)
        tokens = tokens.assign(pos=_parts_of_speech(model, tokens, lengths))
        kept = ~_blank(model, tokens)
        ends = np.append(0, np.cumsum(kept))[np.append(0, np.cumsum(lengths))]
        return _table(model, tokens[kept], ends)


@dataclass(frozen=True)
class _Model:
    """The layers of the French model that give parts of speech, taken out of their pipeline."""

    nlp: Any
    embed: Any  # words → vectors, each on its own
    encode: Any  # vectors → vectors that know their neighbours
    weights: Floats
    bias: Floats
    labels: NDArray[Any]  # the part of speech that each output stands for
    strings: int

    def zone(self) -> AbstractContextManager[object]:
        """Where what the texts teach the vocabulary is forgotten, once it has learnt enough."""
        full = len(self.nlp.vocab.strings) > self.strings + _STRINGS
        return self.nlp.memory_zone() if full else nullcontext()


@cache
def _model() -> _Model:
    """The model, loaded once per process."""
    import spacy
    from thinc.api import NumpyOps

    nlp: Any = spacy.load(MODEL, exclude=["parser", "ner", "senter", "attribute_ruler"])
    nlp.max_length = 10**9  # the usual limit protects the parser's memory, and there is no parser
    tok2vec, morphologizer = nlp.get_pipe("tok2vec"), nlp.get_pipe("morphologizer")
    for layer in tok2vec.model.walk():
        layer.ops = NumpyOps(use_blis=False)  # numpy's own BLAS is nearly twice as fast as blis
    cut_glued_words(nlp.tokenizer)
    _quicken(nlp.get_pipe("lemmatizer"))
    embed, encode = tok2vec.model.layers
    output = morphologizer.model.get_ref("output_layer")
    parts = morphologizer.cfg["labels_pos"]
    return _Model(
        nlp=nlp,
        embed=embed,
        encode=encode,
        weights=np.ascontiguousarray(output.get_param("W").T),
        bias=output.get_param("b"),
        labels=np.array([nlp.vocab.strings[parts[label]] for label in morphologizer.labels]),
        strings=len(nlp.vocab.strings),
    )


def _quicken(lemmatizer: Any) -> None:
    """Turn its lists of known words into sets: each new word was searched from end to end."""
    index = lemmatizer.lookups.get_table("lemma_index")
    for part_of_speech in list(index):
        index[part_of_speech] = frozenset(index[part_of_speech])


def _tokens(model: _Model, texts: Sequence[str]) -> tuple[pd.DataFrame, Ints]:
    """The tokens of all texts as spaCy's attributes, and how many each text has."""
    found = [model.nlp.make_doc(text).to_array(_ATTRIBUTES) for text in texts]
    none = np.empty((0, len(_ATTRIBUTES)), dtype=np.uint64)
    tokens = pd.DataFrame(np.concatenate([none, *found]), columns=_ATTRIBUTES)
    return _read(model, tokens), np.array([len(rows) for rows in found], dtype=np.int64)


def _read(model: _Model, tokens: pd.DataFrame) -> pd.DataFrame:
    """With the word to READ in each: the model knows « habitants », not « habitant·e·s »."""
    vocab = model.nlp.vocab
    forms = {orth: vocab.strings[orth] for orth in tokens["ORTH"].unique().tolist()}
    words = {orth: plain(form) for orth, form in forms.items()}
    other = {orth: vocab[word] for orth, word in words.items() if word and word != forms[orth]}
    tokens = tokens.assign(READ=tokens["ORTH"])
    changed = tokens["ORTH"].isin(list(other))
    read = tokens["ORTH"][changed].map(other)
    tokens.loc[changed, "READ"] = np.array([word.orth for word in read], dtype=np.uint64)
    tokens.loc[changed, "NORM"] = np.array([word.norm for word in read], dtype=np.uint64)
    return tokens


def _blank(model: _Model, tokens: pd.DataFrame) -> NDArray[np.bool_]:
    """White space within a line; line breaks are kept, for no expression runs across them."""
    space = tokens["IS_SPACE"].to_numpy() == 1
    forms = {orth: model.nlp.vocab.strings[orth] for orth in tokens["ORTH"][space].unique()}
    breaks = [orth for orth, form in forms.items() if _LINE_BREAK.search(form)]
    return np.asarray(space & ~tokens["ORTH"].isin(breaks).to_numpy())


def _parts_of_speech(model: _Model, tokens: pd.DataFrame, lengths: Ints) -> NDArray[Any]:
    """What spaCy's pipeline says, with the two rules of its attribute ruler that matter here."""
    if tokens.empty:
        return model.labels[:0]
    vectors, which = _embed(model, tokens)
    found = [model.labels[:0]]
    for batch in _batches(which, lengths):
        hidden = np.concatenate(model.encode.predict([vectors[doc] for doc in batch]))
        found.append(model.labels[(hidden @ model.weights + model.bias).argmax(axis=1)])
    labels = np.concatenate(found)
    return np.where(tokens["IS_SPACE"] == 1, "SPACE", np.where(labels == "SPACE", "X", labels))


def _embed(model: _Model, tokens: pd.DataFrame) -> tuple[Floats, Ints]:
    """The vector of each distinct word, and which one each token has.

    Neighbours come in later, so a word met a hundred times needs one computation.
    """
    from spacy.tokens import Doc

    which, first = _distinct(tokens["READ"], tokens["NORM"], tokens["SPACY"])
    words = tokens.iloc[first]
    found = []
    for start in range(0, max(len(words), 1), _BATCH):
        part = words.iloc[start : start + _BATCH]
        spaces = (part["SPACY"] == 1).tolist()
        doc: Any = Doc(model.nlp.vocab, words=part["READ"].tolist(), spaces=spaces)
        found += model.embed.predict([doc.from_array(["NORM"], part[["NORM"]].to_numpy())])
    return np.concatenate(found), which


def _distinct(*columns: pd.Series) -> tuple[Ints, Ints]:
    """For each row the number of its combination of values, and where each first stands."""
    number = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        codes, values = pd.factorize(column)
        number = pd.factorize(number * len(values) + codes)[0]
    return number, np.flatnonzero(~pd.Series(number).duplicated().to_numpy())


def _batches(which: Ints, lengths: Ints) -> Iterator[list[Ints]]:
    """The texts as lists of word numbers, in groups of about `_BATCH` words."""
    texts = [
        part
        for text in np.split(which, np.cumsum(lengths)[:-1])
        for part in np.split(text, range(_LONGEST, len(text), _LONGEST))
    ]
    ends = np.cumsum([len(text) for text in texts])
    cuts = np.flatnonzero(np.diff(ends // _BATCH)) + 1
    for first, last in pairwise([0, *cuts.tolist(), len(texts)]):
        yield texts[first:last]


def _table(model: _Model, words: pd.DataFrame, ends: Ints) -> pa.Table:
    """The words of all texts, cut at `ends`."""
    spelling, first = _distinct(words["ORTH"])
    forms = [model.nlp.vocab.strings[orth] for orth in words["ORTH"].iloc[first].tolist()]
    sense, first_senses = _distinct(words["READ"], words["pos"])
    tag, tags = pd.factorize(words["pos"])
    columns = [
        _coded(spelling, forms),
        _coded(sense, _lemmas(model, words.iloc[first_senses])),
        _coded(tag, tags.tolist()),
        pa.array(words["IDX"].to_numpy(), pa.int32()),
        pa.array((words["IDX"] + words["LENGTH"]).to_numpy(), pa.int32()),
    ]
    lists = [pa.ListArray.from_arrays(pa.array(ends, pa.int32()), column) for column in columns]
    return pa.table(lists, names=SCHEMA.names).cast(SCHEMA)


def _lemmas(model: _Model, words: pd.DataFrame) -> list[str]:
    """The lemma of each word, which for the model hangs on form and part of speech alone."""
    from spacy.tokens import Doc

    doc = Doc(model.nlp.vocab, words=words["READ"].tolist(), pos=words["pos"].tolist())
    return [token.lemma_ for token in model.nlp.get_pipe("lemmatizer")(doc)]


def _coded(numbers: Ints, strings: list[str]) -> pa.DictionaryArray:
    """The strings that the numbers stand for, each string kept once."""
    codes, values = pd.factorize(np.array(strings, dtype=object))
    return pa.DictionaryArray.from_arrays(
        pa.array(codes[numbers], pa.int32()), pa.array(values, pa.string())
    )
