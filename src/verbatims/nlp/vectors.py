"""Words → their vectors, kept on disk so that the model is loaded for new words only."""

import hashlib
import os
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from verbatims.errors import FileError
from verbatims.language import _
from verbatims.nlp.pipeline import VERSION, word_vectors

Floats = NDArray[np.float32]


def vectors(words: Sequence[str], cache: Path) -> Floats:
    """A row for each word, of zeros when the model has no vector for it."""
    version = hashlib.blake2b(VERSION.encode(), digest_size=16).hexdigest()
    path = cache / f"vectors-{version}.npz"
    known, table = _read(path)
    new = sorted(set(words) - known.keys())
    if new:
        rows = word_vectors(new)
        table = np.concatenate([table, rows]) if len(table) else rows
        known |= {word: len(known) + number for number, word in enumerate(new)}
        table, row = np.unique(table, axis=0, return_inverse=True)
        _write(path, known, table, row)
        table = table[row]
    return np.ascontiguousarray(table[[known[word] for word in words]])


def _read(path: Path) -> tuple[dict[str, int], Floats]:
    """The row of each word kept, and the rows; nothing if the file is damaged, and then it goes."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            words, rows, table = kept["words"], kept["rows"], kept["table"]
        found: Floats = table[rows]
        return {word: number for number, word in enumerate(words.tolist())}, found
    except FileNotFoundError:
        pass
    except (OSError, ValueError, KeyError, IndexError, EOFError, zipfile.BadZipFile):
        with suppress(OSError):
            path.unlink()
    return {}, np.zeros((0, 0), dtype=np.float32)


def _write(path: Path, words: dict[str, int], table: Floats, rows: NDArray[np.intp]) -> None:
    """Whole or not at all; words that share a vector share a row of the table."""
    draft = path.with_suffix(f".{os.getpid()}.npz")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        named = np.array(list(words), dtype=np.str_)
        np.savez(draft, words=named, rows=rows.astype(np.int32), table=table)
        draft.replace(path)
    except OSError as error:
        raise FileError(
            _(
                "Impossible d'écrire dans « {folder} » ({error}). Vérifiez la place libre et les "
                "droits, puis relancez.",
                folder=path.parent,
                error=error.strerror or error,
            )
        ) from error
    finally:
        with suppress(OSError):
            draft.unlink()
