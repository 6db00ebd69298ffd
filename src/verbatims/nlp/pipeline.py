"""Texts → an Arrow table with a row per text: its words, their lemmas, what and where they are."""

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any, Protocol

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from verbatims.folding import plain
from verbatims.nlp.cutting import cut_glued_words
from verbatims.nlp.lexicon import PARTS_OF_SPEECH, Words, choose, ends, lexicon, normal
from verbatims.nlp.tagger import BATCH, Floats, Ints, Layer, Tagger

MODEL = "fr_core_news_md"

# The first number is ours: raise it whenever the same text would give other lemmas.
VERSION = f"3, spacy {version('spacy')}, {MODEL} {version(MODEL.replace('_', '-'))}"

_WORDS = pa.list_(pa.field("element", pa.dictionary(pa.int32(), pa.string())))
_PLACES = pa.list_(pa.field("element", pa.int32()))
SCHEMA = pa.schema(
    {
        **dict.fromkeys(["form", "lemma", "pos"], _WORDS),
        **dict.fromkeys(["start", "end"], _PLACES),
        "repaired": _WORDS,
    }
)

# Inside its memory zones spaCy's tokenizer remembers no word and takes four times as long, so
# they wait until this many new strings have been learnt (about 25 MB).
_STRINGS = 100_000

# How many distinct strings between spaces the tokenizer remembers the words of; spaCy's 10,000
# are spent within a few thousand answers, and a new one takes ten times as long.
_REMEMBERED = 200_000

_LINE_BREAK = re.compile(r"[\n\r\v\f\x85\u2028\u2029]")

_ATTRIBUTES = _ORTH, _NORM, _SPACY, _IDX, _LENGTH = ["ORTH", "NORM", "SPACY", "IDX", "LENGTH"]

# Layers, and the 700,000 words that have a vector (100 MB), which is found without them.
_UNUSED = ["parser", "ner", "senter", "attribute_ruler", "lemmatizer", "strings"]

_STEP = ("maxout", "layernorm")  # the parts of each layer that have weights

# What the tagger looks at in a word.
_LEXICAL = ["NORM", "PREFIX", "SUFFIX", "SHAPE", "IS_SPACE"]

Flags = NDArray[np.bool_]


class Reader(Protocol):
    """What word is read in place of the one written."""

    def style(self, text: str) -> int:
        """How a text is written (plainly, in capitals, without accents), from the text alone."""

    def word(self, form: str, style: int, begins: bool) -> str:
        """The word read; `begins` if it is the first of a text, line, sentence or item."""


class _AsWritten:
    """The words themselves, without what would hide them: « habitant·e·s » is « habitants »."""

    def style(self, text: str) -> int:  # noqa: ARG002
        return 0

    def word(self, form: str, style: int, begins: bool) -> str:  # noqa: ARG002
        return plain(form)


AS_WRITTEN: Reader = _AsWritten()


def analyse(texts: Sequence[str], reader: Reader = AS_WRITTEN, *, fast: bool = False) -> pa.Table:
    """The words and line breaks of each text, without other spaces; text[start:end] is the form.

    `repaired` is the word read where it is another one, else "". `fast` does without the model.
    """
    model = _model(fast)
    with model.zone():
        docs = map(model.nlp.make_doc, texts)
        return _table(model, _read(model, docs, texts, reader))


def analyse_words(
    sentences: Sequence[Sequence[str]],
    spaces: Sequence[Sequence[bool]],
    reader: Reader = AS_WRITTEN,
    *,
    fast: bool = False,
) -> pa.Table:
    """The same from words already cut, each with whether a space follows it."""
    model = _model(fast)
    with model.zone():
        docs = _docs(model, sentences, spaces)
        return _table(model, _read(model, docs, [doc.text for doc in docs], reader))


def word_vectors(words: Sequence[str]) -> Floats:
    """The model's vector of each word in small letters, else as written, else zeros."""
    from spacy.strings import get_string_id

    vectors = _model(fast=False).nlp.vocab.vectors
    rows = np.full(len(words), -1)
    for spelling in (str.lower, str):
        absent = np.flatnonzero(rows < 0)
        keys = [get_string_id(spelling(words[number])) for number in absent.tolist()]
        rows[absent] = vectors.find(keys=keys) if keys else rows[absent]
    found: Floats = np.where(rows[:, None] < 0, np.float32(0), vectors.data[rows])
    return found


@dataclass(frozen=True)
class _Model:
    """A tokenizer with its vocabulary, and the tagger unless it has to be fast."""

    nlp: Any
    tagger: Tagger | None
    strings: int

    def zone(self) -> AbstractContextManager[object]:
        """Where what the texts teach the vocabulary is forgotten, once it has learnt enough."""
        full = len(self.nlp.vocab.strings) > self.strings + _STRINGS
        return self.nlp.memory_zone() if full else nullcontext()


@cache
def _model(fast: bool) -> _Model:
    """The model, loaded once per process."""
    import spacy

    nlp: Any = spacy.blank("fr") if fast else spacy.load(MODEL, exclude=_UNUSED)
    nlp.max_length = 10**9  # the usual limit protects the parser's memory, and there is no parser
    nlp.tokenizer.max_cache_size = _REMEMBERED
    _forget_attributes(nlp.vocab, [] if fast else _LEXICAL)
    cut_glued_words(nlp.tokenizer)
    return _Model(nlp, None if fast else _tagger(nlp), len(nlp.vocab.strings))


def _forget_attributes(vocab: Any, kept: Sequence[str]) -> None:
    """All but these: to find the 23 of a new word takes longer than to cut it."""
    numbers = [vocab.strings[name] for name in kept]
    vocab.lex_attr_getters = {number: vocab.lex_attr_getters[number] for number in numbers}


def _tagger(nlp: Any) -> Tagger:
    from thinc.api import NumpyOps

    tok2vec, morphologizer = nlp.get_pipe("tok2vec"), nlp.get_pipe("morphologizer")
    embed, encode = tok2vec.model.layers
    for layer in embed.walk():
        layer.ops = NumpyOps(use_blis=False)  # numpy's own BLAS is nearly twice as fast as blis
    steps = {name: [part for part in encode.walk() if part.name == name] for name in _STEP}
    output = morphologizer.model.get_ref("output_layer")
    codes = [morphologizer.cfg["labels_pos"][label] for label in morphologizer.labels]
    parts = np.array([PARTS_OF_SPEECH.index(nlp.vocab.strings[code]) for code in codes])
    order = np.argsort(parts, kind="stable")
    places, starts = np.unique(parts[order], return_index=True)
    return Tagger(
        layers=tuple(_layer(*step) for step in zip(*steps.values(), strict=True)),
        weights=np.ascontiguousarray(output.get_param("W")[order].T),
        bias=output.get_param("b")[order],
        starts=starts,
        places=places,
        parts=len(PARTS_OF_SPEECH),
    )


def _layer(maxout: Any, norm: Any) -> Layer:
    weights = maxout.get_param("W").swapaxes(0, 1)
    return Layer(
        weights=np.ascontiguousarray(weights.reshape(-1, weights.shape[-1]).T),
        bias=maxout.get_param("b").T.reshape(-1),
        scale=norm.get_param("G"),
        shift=norm.get_param("b"),
    )


def _docs(
    model: _Model, sentences: Sequence[Sequence[str]], spaces: Sequence[Sequence[bool]]
) -> list[Any]:
    from spacy.tokens import Doc

    return [
        Doc(model.nlp.vocab, words=list(words), spaces=list(after))
        for words, after in zip(sentences, spaces, strict=True)
    ]


@dataclass(frozen=True)
class _Read:
    """The tokens of some texts, and the words read in them."""

    tokens: pd.DataFrame  # every token, as spaCy's attributes
    lengths: Ints  # how many tokens each text has
    kept: Flags  # which of them are words or line breaks
    reading: Ints  # for each token, which of the readings it is
    written: list[str]  # a reading: a word as written,
    words: Words  # and as read; those of the kept tokens


def _read(model: _Model, docs: Iterable[Any], texts: Sequence[str], reader: Reader) -> _Read:
    """Each distinct word is read once for each way in which the texts that hold it are written."""
    tokens, lengths = _tokens(docs)
    text = np.repeat(np.arange(len(texts)), lengths)
    spelling, first = _distinct(tokens[_ORTH].to_numpy())
    spelt = [model.nlp.vocab.strings[orth] for orth in tokens[_ORTH].iloc[first].tolist()]
    kept = _flags(_is_kept, spelt)[spelling]
    starts = np.diff(text[kept], prepend=-1) > 0
    begins = np.zeros(len(tokens), dtype=bool)
    begins[kept] = starts | np.roll(_flags(ends, spelt)[spelling[kept]], 1)
    styles = np.array([reader.style(text) for text in texts], dtype=np.int64)[text]
    reading, first = _distinct(spelling, styles, begins)
    written = [spelt[number] for number in spelling[first].tolist()]
    how = zip(written, styles[first].tolist(), begins[first].tolist(), strict=True)
    read = [form if form.isspace() else reader.word(form, *rest) or form for form, *rest in how]
    words = Words(read, reading[kept], begins[kept], starts)
    return _Read(tokens, lengths, kept, reading, written, words)


def _tokens(docs: Iterable[Any]) -> tuple[pd.DataFrame, Ints]:
    """The tokens of all texts, and how many each has."""
    found = [doc.to_array(_ATTRIBUTES) for doc in docs]
    none = np.empty((0, len(_ATTRIBUTES)), dtype=np.uint64)
    tokens = pd.DataFrame(np.concatenate([none, *found]), columns=_ATTRIBUTES)
    return tokens, np.array([len(rows) for rows in found], dtype=np.int64)


def _distinct(*columns: NDArray[Any]) -> tuple[Ints, Ints]:
    """For each row the number of its combination of values, and where each first stands."""
    number = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        codes, values = pd.factorize(column)
        number = pd.factorize(number * len(values) + codes)[0]
    return number, np.flatnonzero(~pd.Series(number).duplicated().to_numpy())


def _flags(is_so: Callable[[str], bool], words: Sequence[str]) -> Flags:
    return np.array([is_so(word) for word in words], dtype=bool)


def _is_kept(form: str) -> bool:
    """Line breaks are kept, for no expression runs across them; other white space is not."""
    return not form.isspace() or _LINE_BREAK.search(form) is not None


def _said(model: _Model, read: _Read) -> Floats | None:
    """How probable the tagger finds each part of speech of each word; None without a tagger."""
    if model.tagger is None:
        return None
    # One thread: a second one costs more time than it saves, and chunks can share the processors.
    with threadpool_limits(1, user_api="blas"):
        vectors, which = _embed(model.nlp, read)
        return model.tagger.said(vectors, which, read.lengths)[read.kept]


def _embed(nlp: Any, read: _Read) -> tuple[Floats, Ints]:
    """The vector of each distinct word, and which one each token has.

    Neighbours come in later, so a word met a hundred times needs one computation.
    """
    from spacy.tokens import Doc

    embed = nlp.get_pipe("tok2vec").model.layers[0]
    columns = [read.tokens[name].to_numpy().copy() for name in (_ORTH, _NORM, _SPACY)]
    pairs = enumerate(zip(read.written, read.words.forms, strict=True))
    other = {number: nlp.vocab[word] for number, (form, word) in pairs if word != form}
    changed = np.flatnonzero(np.isin(read.reading, list(other)))
    words = [other[number] for number in read.reading[changed].tolist()]
    columns[0][changed] = [word.orth for word in words]
    columns[1][changed] = [word.norm for word in words]
    which, first = _distinct(*columns)
    orth, norm, spaces = (column[first] for column in columns)
    found = [np.zeros((0, embed.get_dim("nO")), dtype=np.float32)]
    for start in range(0, len(first), BATCH):
        part = slice(start, start + BATCH)
        doc: Any = Doc(nlp.vocab, words=orth[part].tolist(), spaces=(spaces[part] == 1).tolist())
        found += embed.predict([doc.from_array([_NORM], norm[part, None])])
    return np.concatenate(found), which


def _table(model: _Model, read: _Read) -> pa.Table:
    """A row for each text: its words, their lemmas and parts of speech, what and where they are."""
    words, tokens = read.words, read.tokens[read.kept]
    pos = choose(words, _said(model, read))
    sense, first = _distinct(words.which, pos)
    forms = [words.forms[number] for number in words.which[first].tolist()]
    lemmas = lexicon().lemmas(forms, [PARTS_OF_SPEECH[place] for place in pos[first].tolist()])
    columns = [
        _coded(words.which, read.written),
        _coded(sense, lemmas),
        _coded(pos, PARTS_OF_SPEECH),
        pa.array(tokens[_IDX].to_numpy(), pa.int32()),
        pa.array((tokens[_IDX] + tokens[_LENGTH]).to_numpy(), pa.int32()),
        _coded(words.which, list(map(_repaired, read.written, words.forms))),
    ]
    ends = np.append(0, np.cumsum(read.kept))[np.append(0, np.cumsum(read.lengths))]
    lists = [pa.ListArray.from_arrays(pa.array(ends, pa.int32()), column) for column in columns]
    return pa.table(lists, names=SCHEMA.names).cast(SCHEMA)


def _repaired(written: str, read: str) -> str:
    """The word read, if it differs by more than case, unseen signs and inclusive endings."""
    if read == written:  # as most are
        return ""
    return read if normal(read) != normal(plain(written) or written) else ""


def _coded(numbers: Ints, strings: Sequence[str]) -> pa.DictionaryArray:
    """The strings that the numbers stand for, each string kept once."""
    codes, values = pd.factorize(np.array(strings, dtype=object))
    return pa.DictionaryArray.from_arrays(
        pa.array(codes[numbers], pa.int32()), pa.array(values, pa.string())
    )
