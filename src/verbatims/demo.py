"""Builds the simulated study of the pioneers, with one question already coded."""

import csv
from pathlib import Path

from verbatims import frames, settings
from verbatims.model import Source
from verbatims.study import StageProgress, Study, unwatched

CODER = "Codage simulé"


def build(path: Path, *, progress: StageProgress = unwatched) -> Study:
    """Make the demo study in `path`; one that is there, or was left half made, is completed."""
    files = settings.shipped("data")
    study = _opened(path, files)
    if study.store.imports_made() == 0:
        study.import_file(files / "pionniers.csv")
        study.import_file(files / "citations.csv", source=Source.INTERVIEW)
    study.run(progress=progress)
    if study.decisions().empty:
        _code(study, files / "codages_demo.csv")
    return study


def _opened(path: Path, files: Path) -> Study:
    if Study.exists(path):
        return Study.open(path)
    return Study.create(
        path, questionnaire=files / "questionnaire.yaml", codebook=settings.shipped("codebook.yaml")
    )


def _code(study: Study, file: Path) -> None:
    """Enter the decisions of the simulated coder, verbatim by verbatim."""
    decided: dict[str, dict[str, list[str]]] = {}
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            values = decided.setdefault(row["verbatim_id"], {})
            values.setdefault(row["value"], []).append(row["theme"])
    for verbatim_id, values in decided.items():
        present, absent = values.get(frames.PRESENT, []), values.get(frames.ABSENT, [])
        study.decide(CODER, verbatim_id, present=present, absent=absent)
