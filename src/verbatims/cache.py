"""What can be computed again, as Parquet: a folder per result, named by what it came from."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pandas as pd

Frames = dict[str, pd.DataFrame]

# What reading a result raises when it is damaged or just being replaced: it is made again.
_DAMAGED = (OSError, ValueError, KeyError, TypeError)


def fingerprint(*parts: object) -> str:
    """A short name for a set of inputs and parameters."""
    text = json.dumps([str(part) for part in parts], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class Cache:
    """Results by name; only the last of each is kept. Deleting the folder costs only time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def has(self, name: str, inputs: str) -> bool:
        """Whether the result is there, whole."""
        result = self.folder / f"{name}-{inputs}"
        try:
            sizes: dict[str, int] = _card(result)["files"]
            return all((result / file).stat().st_size == size for file, size in sizes.items())
        except _DAMAGED:
            return False

    def save(self, name: str, inputs: str, frames: Frames, about: Mapping[str, Any]) -> None:
        """Write beside, then rename, so that a result is there whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=self.folder, prefix=".draft-"))
        target = self.folder / f"{name}-{inputs}"
        try:
            for frame_name, frame in frames.items():
                frame.to_parquet(draft / f"{frame_name}.parquet", index=False)
            files = {path.name: path.stat().st_size for path in draft.iterdir()}
            card = {"about": dict(about), "files": files}
            (draft / "about.json").write_text(json.dumps(card, ensure_ascii=False), "utf-8")
            shutil.rmtree(target, ignore_errors=True)
            self._place(draft, target)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        for old in self._results(name):
            if old != target:
                shutil.rmtree(old, ignore_errors=True)

    def _place(self, draft: Path, target: Path) -> None:
        try:
            draft.rename(target)
        except OSError:
            if not target.is_dir():  # another run may just have saved the same
                raise

    def load(self, name: str) -> Frames:
        """The last result saved under this name, whatever it came from; {} if there is none."""
        for result in self._results(name):
            with suppress(*_DAMAGED):
                return {path.stem: pd.read_parquet(path) for path in result.glob("*.parquet")}
        return {}

    def about(self, name: str) -> dict[str, Any]:
        """What was said of that result when it was saved; {} if there is none."""
        for result in self._results(name):
            with suppress(*_DAMAGED):
                about: dict[str, Any] = _card(result)["about"]
                return about
        return {}

    def _results(self, name: str) -> list[Path]:
        """The folders of this name, the last saved first; two stand only for an instant."""
        with suppress(OSError):
            return sorted(self.folder.glob(f"{name}-*"), key=_saved_at, reverse=True)
        return []


def _card(result: Path) -> dict[str, Any]:
    card: dict[str, Any] = json.loads((result / "about.json").read_text("utf-8"))
    return card


def _saved_at(result: Path) -> int:
    return result.stat().st_mtime_ns
