"""Analysed texts ↔ Parquet parts in a folder, where each text is found by its hash."""

import hashlib
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from verbatims.errors import FileError
from verbatims.language import _

KEY = pa.field("key", pa.binary(16))


def key(text: str, bearing: str = "") -> bytes:
    """The name under which a text is kept, with what bears on the way it is read."""
    named = f"{bearing}\0{text}" if bearing else text
    return _digest(named.encode("utf-8", "surrogatepass"))


def folder(cache: Path, version: str) -> Path:
    """Where the texts analysed by this version are; another version starts afresh."""
    return cache / f"lemmas-{_digest(version.encode()).hex()}"


def read(folder: Path, keys: Sequence[bytes], schema: pa.Schema) -> pa.Table:
    """The known ones among these texts, one row each, in any order; deletes damaged parts."""
    schema = schema.insert(0, KEY)
    wanted = set(keys)
    parts = [schema.empty_table()]
    for path in sorted(folder.glob("*.parquet")):
        part = _read_part(path, schema)
        found = [name in wanted for name in part["key"].to_pylist()]
        parts.append(part if all(found) else part.filter(pa.array(found, pa.bool_())))
    return pa.concat_tables(parts)


def write(folder: Path, keys: Sequence[bytes], analysed: pa.Table) -> pa.Table:
    """Add a part, whole or not at all, and give it back with its keys."""
    part = analysed.add_column(0, KEY, pa.array(keys, KEY.type))
    path = folder / f"{_digest(b''.join(keys)).hex()}.parquet"
    draft = path.with_suffix(f".{os.getpid()}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        pq.write_table(part, draft, compression="zstd", write_page_checksum=True)
        draft.replace(path)
    except OSError as error:
        raise FileError(
            _(
                "Impossible d'écrire dans « {folder} » ({error}). Vérifiez la place libre et les "
                "droits, puis relancez : ce qui est déjà analysé est gardé.",
                folder=folder,
                error=error.strerror or error,
            )
        ) from error
    finally:
        with suppress(OSError):
            draft.unlink()
    return part


def _read_part(path: Path, schema: pa.Schema) -> pa.Table:
    """What the part holds; nothing if it is damaged, and then it goes."""
    try:
        part = pq.read_table(path, page_checksum_verification=True)
        if part.schema.equals(schema):
            return part
    except (OSError, pa.ArrowException):
        pass
    with suppress(OSError):
        path.unlink()
    return schema.empty_table()


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()
