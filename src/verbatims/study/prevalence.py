"""The share of each theme in all the answers, from those that chance chose and coders read.

The machine narrows the intervals; it never moves the shares by itself, and says nothing alone.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from verbatims import review
from verbatims.bases import of_base
from verbatims.frames import ANSWERED, RANDOM
from verbatims.language import N_, _, ngettext, number, percent
from verbatims.measures import prevalence
from verbatims.measures.prevalence import Estimate
from verbatims.model import Base, Codebook, CodedCorpus, Source, Table
from verbatims.study.editing import standing_edits

if TYPE_CHECKING:
    from verbatims.study import Study
    from verbatims.tagging import Features

EXACT, HUMAN, MACHINE = "exact", "human", "machine"

ENOUGH = 50  # drawn answers under which the machine is not listened to: nobody measured it there
USELESS = 0.95  # of the variance left: above, the machine brings nothing
WIDE = 0.10  # half a width above which a share is an order of magnitude
FAR = 3  # times its share that an upper bound may reach, likewise
REACH = 0.05  # half the width that is aimed at

_FOLDS, _FOLDS_OF_FEW, _FEW, _MANY = 5, 10, 100, 5_000

NOBODY = N_(
    "Rien n'est encore lu : pas de part. Les décomptes de la machine seule se trompent de "
    "plusieurs points par thème."
)
CHOSEN = N_(
    "Aucune des réponses lues n'a été tirée au hasard : elles ne disent rien des autres. Codez "
    "« au hasard » pour estimer des parts."
)
LATE = N_("Thème ajouté après la lecture d'une partie de ces réponses : relisez-les.")
ROUGH = N_("Ordre de grandeur : trop large pour classer les thèmes.")
NOTHING = N_("La machine n'apporte rien ici.")

COLUMNS = (
    *("theme", "label", "n", "drawn", "total", "share", "low", "high"),
    *("method", "gain", "worth", "more", "caution", "note"),
)


@dataclass(frozen=True)
class _Sample:
    """The answers to estimate about, and those of them that count, with what coders found."""

    answers: "pd.Index[str]"
    labels: pd.DataFrame  # a row per answer that counts, a column per theme; NaN: not looked for
    read: int  # by whatever way they came
    why: str  # why there is none

    @property
    def is_whole(self) -> bool:
        return len(self.labels) == len(self.answers)


def table(study: "Study", question: str = "") -> Table:
    """The themes of an open question, of all of the survey when "", as shares of its answers.

    `rows`: theme, label, n (found in the answers that count), drawn (those answers: the random
    part, or all once all are read), total, share, low, high, method ("exact", "human" or
    "machine", "" when nothing is due), gain (how many times a coded answer is worth one),
    worth (answers that they are worth, no more than there are), more (to read for ± 5 points),
    caution and note (in words). Shares are NaN where none is due, and where none was found: `high`
    is then all that is known.
    """
    corpus = study.coded()
    sample = _sample(study, corpus, question)
    rows = _rows(study, corpus.codebook, sample)
    title = corpus.questionnaire[question].title if question else _("Toutes les questions ouvertes")
    total = len(sample.answers)
    base = Base(asked=total, answered=total, blank=0, coded=len(sample.labels))
    return Table(
        _("{title} — parts estimées", title=title), rows, base, tuple(_notes(sample, rows))
    )


def estimate(
    features: "Features",
    book: Codebook,
    labels: pd.DataFrame,
    answers: "pd.Index[str]",
    *,
    leaky: bool = False,
) -> Estimate:
    """Shares among `answers` from the `labels` of some of them that chance chose.

    Everything that learns does so on other answers than those it speaks of; `leaky` is what
    happens otherwise, for the bench and the tests to see it fail.
    """
    drawn, population = labels.index, len(answers)
    scores = _scores(features, book, labels, leaky=leaky)
    said = scores.reindex(answers, fill_value=0.0)
    rest = said[~said.index.isin(drawn)]
    mean = rest.mean(axis=0) if len(rest) else np.zeros(labels.shape[1])
    return prevalence.assisted(labels, said.loc[drawn, labels.columns], mean, population)


def _scores(
    features: "Features", book: Codebook, labels: pd.DataFrame, *, leaky: bool
) -> pd.DataFrame:
    from verbatims import tagging

    if leaky:
        return tagging.tag(features, book, labels=labels, tagger="combined").scores
    return tagging.crossfit(features, book, labels, _folds(labels, len(features.ids)))


def _folds(labels: pd.DataFrame, corpus: int) -> pd.Series:
    """Ten of them where answers are few and it costs little."""
    few = len(labels) < _FEW and corpus <= _MANY
    number_of = np.arange(len(labels)) % (_FOLDS_OF_FEW if few else _FOLDS)
    np.random.default_rng(0).shuffle(number_of)
    return pd.Series(number_of, index=labels.index)


# -- what counts --------------------------------------------------------------------------


def _sample(study: "Study", corpus: CodedCorpus, question: str) -> _Sample:
    written = _written(corpus, question)
    answers: pd.Index[str] = pd.Index(written["verbatim_id"])
    decisions = study.decisions()
    labels = study.stages.labels(corpus.codebook, decisions, study.store.adjudications())
    labels = _with_parents(labels[labels.index.isin(answers)], corpus.codebook)
    if not len(labels):
        return _Sample(answers, labels, 0, _(NOBODY))
    if len(labels) == len(answers):
        return _Sample(answers, labels.loc[answers], len(labels), "")
    drawn = _drawn(written, decisions)
    why = "" if drawn else _(CHOSEN)
    return _Sample(answers, labels.loc[drawn], len(labels), why)


def _written(corpus: CodedCorpus, question: str) -> pd.DataFrame:
    """The answers with words in them, of those who were asked."""
    questions = [corpus.questionnaire[question]] if question else corpus.questionnaire.open
    own = [of_base(one, corpus) for one in questions if question or one.source == Source.SURVEY]
    asked = pd.concat([corpus.verbatims.iloc[:0], *own])
    return asked[asked["status"] == ANSWERED]


def _drawn(written: pd.DataFrame, decisions: pd.DataFrame) -> list[str]:
    """The random part, once something was read for being drawn."""
    drawn = review.random_part(written, decisions)
    by_chance = set(decisions.loc[decisions["queue"] == RANDOM, "verbatim_id"])
    return drawn if by_chance.intersection(drawn) else []


def _with_parents(labels: pd.DataFrame, book: Codebook) -> pd.DataFrame:
    """A parent theme is found where it is, or where one of its sub-themes is, at any depth."""
    made, parents = labels.copy(), {theme.id: theme.parent for theme in book}
    for theme in parents:
        over, own = parents[theme], labels[theme]
        for _depth in parents:
            if over not in made:
                break
            known = made[over] + own  # not known as long as one of the two is not
            made[over] = known.mask((made[over] == 1) | (own == 1), 1.0)
            over = parents[over]
    return made


def _untaught(study: "Study", book: Codebook) -> Codebook:
    """The codebook, without any term once some were proposed by coded answers.

    Such terms find again the very answers that they were mined from; labels and definitions stay.
    """
    if standing_edits(study.store).query("taught").empty:
        return book
    return Codebook(tuple(replace(theme, terms=()) for theme in book))


# -- a row per theme ----------------------------------------------------------------------


def _rows(study: "Study", book: Codebook, sample: _Sample) -> pd.DataFrame:
    if sample.why:
        return _frame([_told(theme.id, book, sample, note=sample.why) for theme in book])
    known = [theme.id for theme in book if sample.labels[theme.id].notna().all()]
    alone = prevalence.human(sample.labels[known], len(sample.answers))
    helped = _helped(study, book, sample, known)
    by_theme = {
        name: _estimated(name, book, sample, _at(alone, place), helped and _at(helped, place))
        for place, name in enumerate(known)
    }
    return _frame(
        [by_theme.get(theme.id) or _told(theme.id, book, sample, note=_(LATE)) for theme in book]
    )


def _helped(
    study: "Study", book: Codebook, sample: _Sample, known: Sequence[str]
) -> Estimate | None:
    """What the machine makes of it, when it may speak: with enough answers, and something found."""
    if sample.is_whole or len(sample.labels) < ENOUGH or not sample.labels[known].any(axis=None):
        return None
    own = Codebook(tuple(theme for theme in _untaught(study, book) if theme.id in known))
    labels = sample.labels[list(known)]
    return estimate(study.stages.features(), own, labels, sample.answers)


def _at(found: Estimate, place: int) -> Estimate:
    return Estimate(*(part[place] for part in found))


def _estimated(
    theme: str, book: Codebook, sample: _Sample, alone: Estimate, helped: Estimate | None
) -> dict[str, Any]:
    useful = helped is not None and float(helped.ratio) < USELESS
    chosen = helped if helped is not None and useful else alone
    share, low, high, ratio = map(float, chosen)
    row = _told(theme, book, sample, note="")
    if sample.is_whole:
        return row | {"method": EXACT, "share": share, "low": share, "high": share, "more": 0}
    drawn = len(sample.labels)
    row |= {
        "method": MACHINE if useful else HUMAN,
        "low": low,
        "high": high,
        "gain": 1 / ratio,
        "worth": min(drawn / ratio, len(sample.answers)),
        "more": prevalence.needed(share, ratio, drawn, len(sample.answers), reach=REACH),
        "note": _(NOTHING) if helped is not None and not useful else "",
    }
    if not row["n"]:
        nowhere = _("Trouvé nulle part encore : au plus {high}.", high=percent(high))
        return row | {"note": nowhere}
    rough = high > FAR * share or (high - low) / 2 > WIDE
    share = min(max(share, low), high)
    return row | {"share": share, "caution": _(ROUGH) if rough else ""}


def _told(theme: str, book: Codebook, sample: _Sample, *, note: str) -> dict[str, Any]:
    """The row of a theme of which no share is known."""
    return {
        "theme": theme,
        "label": book.label(theme),
        "n": int(np.nansum(sample.labels[theme])),
        "drawn": len(sample.labels),
        "total": len(sample.answers),
        **dict.fromkeys(("share", "low", "high", "gain", "worth", "more"), np.nan),
        "method": "",
        "caution": "",
        "note": note,
    }


def _frame(rows: Collection[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    numbers = dict.fromkeys(("share", "low", "high", "gain", "worth", "more"), "float64")
    return frame.astype(numbers | dict.fromkeys(("n", "drawn", "total"), "int64"))


# -- notes --------------------------------------------------------------------------------


def _notes(sample: _Sample, rows: pd.DataFrame) -> list[str]:
    total = number(len(sample.answers))
    if sample.why:
        return [_("Base : {total} réponses.", total=total)]
    if sample.is_whole:
        return [_("Base : {total} réponses, toutes lues : ce sont des parts exactes.", total=total)]
    drawn = ngettext(
        "{n} réponse tirée au hasard et lue",
        "{n} réponses tirées au hasard et lues",
        len(sample.labels),
    )
    notes = [_("Base : {drawn}, sur {total}.", drawn=drawn, total=total)]
    aside = sample.read - len(sample.labels)
    if aside:
        notes.append(
            ngettext(
                "{n} autre réponse lue n'y compte pas : le hasard ne l'a pas choisie.",
                "{n} autres réponses lues n'y comptent pas : le hasard ne les a pas choisies.",
                aside,
            )
        )
    notes.append(_method_note(sample, rows))
    notes.append(
        _(
            "Intervalles à 95 %, sur les réponses recueillies : ni ceux qui n'ont pas répondu, ni "
            "les erreurs de codage n'y sont."
        )
    )
    return notes


def _method_note(sample: _Sample, rows: pd.DataFrame) -> str:
    helped = rows[rows["method"] == MACHINE]
    if helped.empty:
        few = len(sample.labels) < ENOUGH
        return _("Parts des seules réponses lues, sans la machine.") + (
            " " + _("Elle y aide à partir de {n} réponses tirées.", n=ENOUGH) if few else ""
        )
    return _(
        "La machine, corrigée par ses erreurs sur des réponses qu'elle n'a pas apprises, fait que "
        "{drawn} réponses lues en valent de {least} à {most}, selon le thème.",
        drawn=len(sample.labels),
        least=number(int(helped["worth"].min())),
        most=number(int(helped["worth"].max())),
    )
