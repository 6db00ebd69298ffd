"""What can be computed again, as Parquet: a folder per result, named by what it came from."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

Frames = dict[str, pd.DataFrame]


def fingerprint(*parts: object) -> str:
    """A short name for a set of inputs and parameters."""
    text = json.dumps([str(part) for part in parts], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class Cache:
    """Results by name; only the last of each is kept. Deleting the folder costs only time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def has(self, name: str, inputs: str) -> bool:
        return (self.folder / f"{name}-{inputs}").is_dir()

    def save(self, name: str, inputs: str, frames: Frames, about: Mapping[str, Any]) -> None:
        """Write beside, then rename, so that a result is there whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=self.folder, prefix=".draft-"))
        try:
            for frame_name, frame in frames.items():
                frame.to_parquet(draft / f"{frame_name}.parquet", index=False)
            (draft / "about.json").write_text(json.dumps(about, ensure_ascii=False), "utf-8")
            for old in self._results(name):
                shutil.rmtree(old)
            draft.rename(self.folder / f"{name}-{inputs}")
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def load(self, name: str) -> Frames:
        """The last result saved under this name, whatever it came from; {} if there is none."""
        files = [path for result in self._results(name) for path in result.glob("*.parquet")]
        return {path.stem: pd.read_parquet(path) for path in files}

    def about(self, name: str) -> dict[str, Any]:
        """What was said of that result when it was saved; {} if there is none."""
        for result in self._results(name):
            about: dict[str, Any] = json.loads((result / "about.json").read_text("utf-8"))
            return about
        return {}

    def _results(self, name: str) -> list[Path]:
        return sorted(self.folder.glob(f"{name}-*"))
