"""The analyst's two files of a study: checked before they are taken, never half written."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from verbatims import codebook, questionnaire
from verbatims.cache import fingerprint
from verbatims.errors import StudyError, VerbatimsError
from verbatims.language import _
from verbatims.model import Questionnaire, Source


def check(questionnaire_file: Path | None, codebook_file: Path | None) -> None:
    """Read both files where they are; the problems of both are told together."""
    faults = []
    for file, load in ((questionnaire_file, questionnaire.load), (codebook_file, codebook.load)):
        try:
            if file is not None:
                load(file)
        except VerbatimsError as error:
            faults.append(error)
    if len(faults) > 1:
        raise StudyError(
            " ".join(fault.message for fault in faults),
            [problem for fault in faults for problem in fault.problems],
        )
    if faults:
        raise faults[0]


def copy(source: Path, target: Path) -> None:
    """Put a file in the study; one that is there and says something else is not overwritten."""
    if target.exists() and source.resolve() == target.resolve():
        return
    if target.exists() and source.read_bytes() != target.read_bytes():
        raise StudyError(
            _("« {file} » existe déjà et dit autre chose : déplacez-le d'abord.", file=target)
        )
    shutil.copyfile(source, target)


def reading(book: Questionnaire, source: Source) -> str:
    """What of the questionnaire decides how a file is read: not its texts, bands or profiles."""
    own = [question for question in book if question.source is source]
    return fingerprint(*(replace(question, text="", bands=(), profile=False) for question in own))


def rewrite(path: Path, text: str, load: Callable[[Path], object]) -> None:
    """Write `text` to `path` if `load` accepts it; the old file stays until then."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".draft-") as folder:
        draft = Path(folder) / path.name
        draft.write_bytes(text.encode())  # with the line ends that it has
        load(draft)
        draft.replace(path)
