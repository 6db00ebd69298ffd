"""What is counted and written for the report: the work of all, but where it is still blind."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from verbatims import codebook, review
from verbatims.errors import StudyError
from verbatims.frames import READ
from verbatims.language import _
from verbatims.model import CodedCorpus
from verbatims.review.visibility import closed, tasks, unsuggested

if TYPE_CHECKING:
    from verbatims.study import Study

PASSAGES = ["verbatim_id", "theme", "coder", "start", "end"]


def seen(study: "Study", work: pd.DataFrame) -> pd.DataFrame:
    """Decisions or memos, without those on what is still read blind (see review.visibility).

    Whoever asks: a share, an export or a proposed quote would tell one coder what another found.
    """
    assigned = tasks(study.store.assignments())
    if not any(task.blind for task in assigned.values()):
        return work
    still = closed(assigned, review.readers(study.store.decisions()))
    return work[~work["verbatim_id"].isin(still)].reset_index(drop=True)


def codings(study: "Study", tags: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """What counts; see review.codings."""
    store, replaced = study.store, codebook.replacements(study.codebook)
    sought, settled = _sought(study, decisions), store.adjudications()
    return review.codings(tags, decisions, store.acceptances(), replaced, sought, settled)


def coded(study: "Study") -> CodedCorpus:
    """Everything that tables and exports rest on, as it stands now."""
    decisions, tags = study.decisions(), study.tags()
    return CodedCorpus(
        questionnaire=study.questionnaire,
        codebook=study.codebook,
        respondents=study.respondents(),
        answers=study.answers(),
        verbatims=study.verbatims(),
        tags=tags,
        codings=codings(study, tags, decisions),
        readers=review.readers(decisions),
        sought=review.known(_sought(study, decisions)),
    )


def passages(study: "Study") -> pd.DataFrame:
    """The passages that coders marked and that stand, in the order of each text.

    Columns: verbatim_id, theme, coder, start, end.
    """
    replaced = codebook.replacements(study.codebook)
    last = review.latest(study.decisions())
    read = last.loc[last["value"] == READ, ["gesture", "verbatim_id", "coder"]]
    spans = study.store.spans()
    own = spans[spans["end"] > spans["start"]].merge(read, on=["gesture", "verbatim_id"])
    now = {theme: review.successor(theme, replaced) for theme in own["theme"].unique()}
    own = own.assign(theme=own["theme"].map(now))[PASSAGES].drop_duplicates()
    return own.sort_values(["verbatim_id", "start", "end", "theme", "coder"], ignore_index=True)


def export(study: "Study", *, international: bool) -> list[Path]:
    """Write the files of the report to exports/; all of them, or none."""
    from verbatims import analysis, export

    if study.outdated:
        raise StudyError(
            _(
                "Les suggestions manquent, ou ne vont plus avec les textes ou la grille : "
                "relancez l'analyse (page Étude, ou verbatims run), puis exportez."
            )
        )
    corpus = study.coded()
    results = export.Results(
        coded=replace(corpus, tags=_shown(study, corpus.tags)),
        picks=study.store.picks(),
        themes=analysis.frequencies(corpus),
        memos=study.memos(),
        flags=seen(study, study.store.flags()),
        passages=passages(study),
        traces=study.agreement.traces(),
        findings=study.findings.frame(),
    )
    dialect = export.INTERNATIONAL if international else export.FRENCH
    return export.write(results, study.path / "exports", dialect=dialect)


def _shown(study: "Study", tags: pd.DataFrame) -> pd.DataFrame:
    """The suggestions, without those on what someone is still to read without them."""
    assigned = tasks(study.store.assignments())
    hidden = unsuggested(assigned, review.readers(study.store.decisions()))
    return tags[~tags["verbatim_id"].isin(hidden)].reset_index(drop=True)


def _sought(study: "Study", decisions: pd.DataFrame) -> review.Sought:
    replaced = codebook.replacements(study.codebook)
    return review.sought(decisions, study.store.codebook_themes(), replaced)
