"""The codebook of a study as it changes: previewed, saved, undone, compared, exchanged."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd

from verbatims import codebook, frames, review
from verbatims.codebook import Change, qdc, table
from verbatims.errors import Problem, StudyError, VerbatimsError
from verbatims.language import _
from verbatims.model import Codebook
from verbatims.store import Store
from verbatims.study import definitions
from verbatims.study.stages import Stages

_UNDONE = "Annulation : "  # how an undoing is told from a change in the log: see as_told
_TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods")


@dataclass(frozen=True)
class Preview:
    """What a draft of the codebook would change, before it is saved.

    `counts` has theme, before, after, gained and lost, in verbatims suggested; `examples` theme
    and verbatim_id of some that it would gain. `reread` are the verbatims already read whose theme
    it splits: their coders find them again.
    """

    changes: tuple[Change, ...]
    counts: pd.DataFrame
    examples: pd.DataFrame
    reread: tuple[str, ...]
    warnings: pd.DataFrame


class Editing:
    """Changes to codebook.yaml; each is checked, written whole, remembered, and can be undone."""

    def __init__(
        self, path: Path, store: Store, stages: Stages, changed: Callable[[], None]
    ) -> None:
        self.path = path
        self.store = store
        self.stages = stages
        self.changed = changed

    def text(self) -> str:
        """The file as it is; "" while there is none."""
        if not self.path.is_file():
            return ""
        return self.path.read_bytes().decode("utf-8-sig", errors="replace")

    def save(
        self, text: str, *, base: str, said: str = "", author: str = "", taught: bool = False
    ) -> None:
        """Put `text` in the place of `base`, or nothing at all.

        `taught` says that the validated answers proposed the change: they measure it no longer.

        Raises CodebookError with every fault of `text`, or StudyError when the file is no longer
        `base`: somebody else has changed it meanwhile.
        """
        if self.text() != base:
            raise StudyError(
                _(
                    "La grille de codage a été changée entre-temps, ici ou dans un autre "
                    "programme : rien n'a été enregistré. Reprenez la version présente, et "
                    "refaites-y votre changement."
                )
            )
        self._write(text, said or _("Modification du fichier"), author, taught=taught)

    def undo(self, author: str = "") -> str:
        """Put the file back as it was before the last change; what was undone, "" if nothing."""
        last = self.last()
        if last is None:
            return ""
        if self.text() != last["after"]:
            raise StudyError(
                _(
                    "La grille de codage a été changée depuis dans un autre programme : "
                    "l'annulation effacerait ce changement. Corrigez le fichier dans l'onglet "
                    "« Modifier »."
                )
            )
        self._write(str(last["before"]), _UNDONE + str(last["said"]), author)
        return str(last["said"])

    def last(self) -> "pd.Series[str] | None":
        """The last change that was not undone: before, after, said, author, made_at."""
        standing = standing_edits(self.store)
        return standing.iloc[-1] if len(standing) else None

    def _write(self, text: str, said: str, author: str, *, taught: bool = False) -> None:
        before = self.text()
        if text:
            definitions.rewrite(self.path, text, codebook.load)
        else:
            self.path.unlink(missing_ok=True)
        self.changed()
        if text != before:
            self.store.add_edit(before=before, after=text, said=said, author=author, taught=taught)

    # -- before saving -------------------------------------------------------------------

    def preview(self, text: str) -> Preview:
        """What saving `text` would change; raises CodebookError with every fault of it.

        Nothing is counted before the first run: there are no words yet to find terms in.
        """
        draft, present = codebook.parse(text), self._present()
        run = not self.store.runs().empty
        now = self._tags(present) if run else frames.TAGS.empty()
        then = self.stages.tagged(draft).tags if run else now
        counts, examples = _gains(now, then, draft)
        changes = codebook.diff(present, draft)
        return Preview(changes, counts, examples, self._reread(draft), self.warnings(draft))

    def warnings(self, book: Codebook) -> pd.DataFrame:
        """The terms that match nothing, shadow one another or match everything."""
        from verbatims.tagging import lexicon

        run = not self.store.runs().empty
        lemmas = self.stages.lemmas() if run else frames.LEMMAS.empty()
        return lexicon.warnings(lemmas, book if run else Codebook(()))

    def passages(self, book: Codebook) -> pd.DataFrame:
        """Where the terms stand, as TAGS, whatever is suggested in the end."""
        run = not self.store.runs().empty
        return self.stages.features().passages(book) if run else frames.TAGS.empty()

    def _tags(self, present: Codebook) -> pd.DataFrame:
        """The suggestions that the present codebook gives, made already or not."""
        made = not self.stages.outdated(present)
        return self.stages.tags() if made else self.stages.tagged(present).tags

    def _present(self) -> Codebook:
        return codebook.load(self.path) if self.path.is_file() else Codebook(())

    def _reread(self, draft: Codebook) -> tuple[str, ...]:
        replaced = codebook.replacements(draft)
        decisions = self.store.decisions()
        sought = review.sought(decisions, self.store.codebook_themes(), replaced)
        return tuple(review.to_reread(decisions, sought, replaced))

    # -- versions and files of others ----------------------------------------------------

    def versions(self) -> pd.DataFrame:
        """hash, seen_at, text of every codebook that was coded or analysed with, oldest first."""
        return self.store.codebook_texts()

    def difference(self, old: str, new: str) -> tuple[Change, ...]:
        """From one text of the codebook to another, in words."""
        return codebook.diff(codebook.parse(old), codebook.parse(new))

    def read_file(self, file: Path) -> tuple[str, tuple[Problem, ...]]:
        """A codebook of another program as the text of a codebook.yaml, and what was left out."""
        suffix = file.suffix.lower()
        if suffix in (".yaml", ".yml"):
            codebook.load(file)
            return file.read_bytes().decode("utf-8-sig"), ()
        if suffix in _TABLES:
            from verbatims import importers

            book, problems = table.from_rows(importers.read(file))
        else:
            book, problems = qdc.read(file)
        return codebook.write(book), problems

    def write_file(self, file: Path) -> None:
        """Write the codebook for another program: .qdc (REFI-QDA), .csv, or .yaml as it is."""
        writers: dict[str, Callable[[Path], object]] = {
            ".qdc": partial(qdc.write, self._present(), origin="Verbatims"),
            ".csv": self._write_table,
            ".yaml": lambda path: path.write_bytes(self.text().encode()),
        }
        if file.suffix.lower() not in writers:
            raise VerbatimsError(
                _(
                    "« {file} » : donnez un nom qui finit par {suffixes}.",
                    file=file.name,
                    suffixes=", ".join(writers),
                )
            )
        if file.exists():
            raise VerbatimsError(_("« {file} » existe déjà ; choisissez un autre nom.", file=file))
        writers[file.suffix.lower()](file)

    def _write_table(self, file: Path) -> None:
        from verbatims.export import FRENCH, write_rows

        header, rows = table.to_rows(self._present())
        write_rows(file, header, rows, FRENCH)


def as_told(said: str) -> str:
    """What a change is called, as it is in the log, to who reads."""
    if said.startswith(_UNDONE):
        return _("Annulation : {said}", said=as_told(said.removeprefix(_UNDONE)))
    return said


def standing_edits(store: Store) -> pd.DataFrame:
    """The changes made here that were not undone, oldest first."""
    edits = store.edits()
    standing: list[int] = []
    for row, said in enumerate(edits["said"]):
        if said.startswith(_UNDONE) and standing:
            standing.pop()
        else:
            standing.append(row)
    return edits.iloc[standing]


def _gains(
    now: pd.DataFrame, then: pd.DataFrame, draft: Codebook, *, shown: int = 3
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Verbatims suggested per theme before and after, and some of those gained."""
    pairs = [set(zip(tags["verbatim_id"], tags["theme"], strict=True)) for tags in (now, then)]
    before, after = pairs
    left = sorted(theme for _name, theme in before)
    names = dict.fromkeys([*(theme.id for theme in draft), *left])
    rows, examples = [], []
    for name in names:
        old = {verbatim_id for verbatim_id, theme in before if theme == name}
        new = {verbatim_id for verbatim_id, theme in after if theme == name}
        rows.append((name, len(old), len(new), len(new - old), len(old - new)))
        examples += [(name, verbatim_id) for verbatim_id in sorted(new - old)[:shown]]
    counts = pd.DataFrame(rows, columns=["theme", "before", "after", "gained", "lost"])
    return counts, pd.DataFrame(examples, columns=["theme", "verbatim_id"])
