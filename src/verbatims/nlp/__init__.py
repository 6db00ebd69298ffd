"""Verbatims → their lemmas, each with its place in the text; a text is analysed once and kept."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from verbatims import corrections as rulings
from verbatims.corrections import NONE, Corrections
from verbatims.folding import plain
from verbatims.frames import ANSWERED, IDEAS, LEMMA, LEMMAS
from verbatims.model import Progress, silent
from verbatims.nlp import cache as store
from verbatims.nlp import repair, segments
from verbatims.nlp.lexicon import lexicon
from verbatims.nlp.pipeline import SCHEMA, VERSION, Reader, analyse
from verbatims.nlp.vectors import vectors

__all__ = ["VERSION", "ideas", "lemmas", "unknown", "vectors"]

# What is lost at most when a run is stopped: a few seconds of work.
_TEXTS, _CHARACTERS = 2_000, 1_000_000


def lemmas(
    verbatims: pd.DataFrame,
    cache: Path,
    *,
    corrections: Corrections = NONE,
    protected: Collection[str] = (),
    fast: bool = False,
    progress: Progress = silent,
) -> pd.DataFrame:
    """The words of the answered verbatims, in their order; only texts new to `cache` cost time.

    Words are repaired before they are read, but for the `protected` ones; a text on which a ruling
    bears is new again when the ruling changes. `fast` does without parts of speech.
    """
    answered = verbatims[verbatims["status"] == ANSWERED]
    surveyed = repair.survey(answered["text"], corrections.repairs, slips=not fast)
    reader = repair.Repair(
        surveyed.counts, protected=protected, forced=corrections.repairs, slips=not fast
    )
    keys = [
        store.key(text, reader.bearing(words))
        for text, words in zip(answered["text"], surveyed.unknown, strict=True)
    ]
    texts = dict(zip(keys, answered["text"], strict=True))
    folder = store.folder(cache, f"{VERSION}, rapide" if fast else VERSION)
    analysed = _analysed(texts, folder, reader, fast=fast, progress=progress)
    return _ruled(_frame(answered["verbatim_id"].tolist(), keys, analysed), corrections)


def ideas(verbatims: pd.DataFrame) -> pd.DataFrame:
    """The idea units of the answered verbatims, as IDEAS."""
    answered = verbatims[verbatims["status"] == ANSWERED]
    units = segments.split(answered["text"].tolist())
    named = zip(answered["verbatim_id"], units, strict=True)
    rows = [(verbatim_id, start, end) for verbatim_id, found in named for start, end in found]
    return IDEAS.check(pd.DataFrame(rows, columns=list(IDEAS.columns)))


def unknown(words: Collection[str]) -> frozenset[str]:
    """Those of the words that are not in the lexicon, in lower case."""
    lower = sorted({word.casefold() for word in words})
    return frozenset(np.array(lower, dtype=object)[~lexicon().known(lower)])


def _analysed(
    texts: Mapping[bytes, str], folder: Path, reader: Reader, *, fast: bool, progress: Progress
) -> pa.Table:
    """A row per distinct text, read or computed; each chunk is saved before the next begins."""
    found = [store.read(folder, list(texts), SCHEMA)]
    known = set(found[0]["key"].to_pylist())
    done = len(known)
    progress(done, len(texts))
    for chunk in _chunks([key for key in texts if key not in known], texts):
        read = analyse([texts[key] for key in chunk], reader, fast=fast)
        found.append(store.write(folder, chunk, read))
        done += len(chunk)
        progress(done, len(texts))
    return pa.concat_tables(found)


def _chunks(keys: Sequence[bytes], texts: Mapping[bytes, str]) -> Iterator[list[bytes]]:
    chunk: list[bytes] = []
    characters = 0
    for key in keys:
        chunk.append(key)
        characters += len(texts[key])
        if len(chunk) == _TEXTS or characters > _CHARACTERS:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk


def _frame(ids: Sequence[str], keys: list[bytes], analysed: pa.Table) -> pd.DataFrame:
    """The words of each verbatim, one verbatim after the other."""
    row = pd.Series(range(len(analysed)), index=analysed["key"].to_pylist(), dtype="int64")
    rows = row[~row.index.duplicated()].reindex(keys)
    lengths = _taken(analysed["start"], rows).value_lengths().to_numpy()
    owner = np.repeat(np.arange(len(ids), dtype="int32"), lengths)
    first = (np.cumsum(lengths) - lengths).astype("int32")
    columns = {
        "verbatim_id": _pandas(pa.DictionaryArray.from_arrays(owner, pa.array(ids, pa.string()))),
        "position": np.arange(len(owner), dtype="int32") - first[owner],
        # One at a time: with millions of words, copies of all columns at once would not fit.
        **{name: _pandas(_taken(analysed[name], rows).flatten()) for name in SCHEMA.names},
    }
    return pd.DataFrame({name: columns[name] for name in LEMMAS.columns})


def _ruled(lemmas: pd.DataFrame, corrections: Corrections) -> pd.DataFrame:
    """With the lemmas that the analyst gives to some forms."""
    if not corrections.lemmas:
        return lemmas
    forms, given = lemmas["form"].cat, lemmas["lemma"].astype("object").to_numpy()
    written, read = (
        np.array([rulings.key(LEMMA, as_(form)) for form in forms.categories], dtype=object)
        for as_ in (str, plain)
    )
    # Those for one part of speech come last: they say more.
    for (form, pos), lemma in sorted(corrections.lemmas.items(), key=lambda ruled: ruled[0][1]):
        own = ((written == form) | (read == form))[forms.codes.to_numpy()]
        given[own if not pos else own & (lemmas["pos"] == pos).to_numpy()] = lemma
    return lemmas.assign(lemma=pd.Categorical(given))


def _taken(column: pa.ChunkedArray, rows: pd.Series) -> pa.ListArray:
    return column.unify_dictionaries().take(pa.array(rows)).combine_chunks()


def _pandas(values: pa.Array) -> NDArray[np.int32] | pd.Categorical:
    """Strings become categories in alphabetical order, so that the cache's own cannot be told."""
    if not pa.types.is_dictionary(values.type):
        numbers: NDArray[np.int32] = values.to_numpy()
        return numbers
    codes = values.indices.to_numpy()
    order = pc.array_sort_indices(values.dictionary).to_numpy()
    order = order[np.bincount(codes, minlength=len(order))[order] > 0]
    rank = np.zeros(len(values.dictionary), dtype="int32")
    rank[order] = np.arange(len(order))
    return pd.Categorical.from_codes(rank[codes], values.dictionary.take(order).to_pylist())
