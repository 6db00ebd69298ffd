"""The answers to a closed question → how many gave each, out of whom."""

import pandas as pd

from verbatims.analysis.shares import (
    ROUNDED,
    TINY,
    cautions,
    is_weighted,
    known_size,
    population_notes,
    shares,
    weighted_interval,
    weighted_notes,
)
from verbatims.bases import TICKED, answered, asked
from verbatims.folding import fold
from verbatims.frames import DONT_KNOW
from verbatims.language import FRENCH, N_, _, ngettext, spoken
from verbatims.measures import intervals
from verbatims.measures.weighting import effective
from verbatims.model import Base, Kind, Question, Table

DONT_KNOW_LABEL = N_("Ne sais pas")
OUTSIDE = N_("Hors tranches")  # a rating that no band holds
INSIDE = " › "  # between the row and the label of a grid of multis


def closed(
    question: Question,
    respondents: pd.DataFrame,
    answers: pd.DataFrame,
    *,
    dont_know: bool = True,
    population: int | None = None,
) -> Table:
    """One row per item and answer, in the order of the questionnaire, those with 0 kept.

    `rows`: item ("" outside grids), answer, n, base (who answered the item), share, low, high;
    weighted_share, weighted_low and weighted_high when weights differ. Multis have one more
    column, citations: the share of all that was ticked. Ratings have three more, the same on each
    row of an item: rated (who gave a mark), mean, median. `dont_know` says whether those who did
    not know are in the base; a `population` that all those asked come from narrows intervals.
    """
    people = asked(question, respondents, answers)
    chosen = given(question, respondents, answers)
    if not dont_know:
        chosen = chosen[chosen["answer"] != DONT_KNOW_LABEL]
    rows = _counts(question, chosen)
    if not dont_know:
        rows = rows[rows["answer"] != DONT_KNOW_LABEL].reset_index(drop=True)
    population = population if question.asked_if is None else None
    size = known_size(population, rows["base"])
    rows = rows.join(shares(rows["n"], rows["base"], population=size))
    members = respondents[respondents["respondent_id"].isin(people)]
    if is_weighted(members):
        rows = rows.join(_weighted(rows, chosen, members))
    if question.answer_kind is Kind.MULTI:
        rows = rows.assign(citations=_citations(rows))
    if question.answer_kind is Kind.RATING:
        rows = rows.join(_marks(chosen), on="item").fillna({"rated": 0}).astype({"rated": "int64"})
    replied = answered(question, answers)
    counted = replied if dont_know else replied.intersection(pd.Index(chosen["respondent_id"]))
    base = Base(
        asked=len(people),
        answered=len(people.intersection(counted)),
        blank=len(people.difference(replied)),
    )
    notes = _base_notes(question, base, respondents, strays=len(replied.difference(people)))
    notes += _reading_notes(question, rows, dont_know=dont_know)
    if rows["share"].notna().any():
        notes += population_notes(population, rows["base"])
    if "weighted_share" in rows and rows["weighted_share"].notna().any():
        notes += weighted_notes(members.loc[members["respondent_id"].isin(replied), "weight"])
    return Table(question.title, rows, base, tuple(notes))


def given(question: Question, respondents: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """What those asked chose: respondent_id, item, answer as printed, number (of a rating)."""
    people = asked(question, respondents, answers)
    own = answers[(answers["question"] == question.id) & answers["respondent_id"].isin(people)]
    if question.answer_kind is Kind.MULTI:
        own = own[own["value"] == TICKED]
        item, answer = _item_and_label(question, own["item"])
        return _chosen(own, item, answer)
    if question.answer_kind is Kind.RATING:
        number = pd.to_numeric(own["value"], errors="coerce")
        printed = {mark: _band(question, mark) for mark in number.dropna().unique()}
        answer = number.map(printed).mask(own["value"] == DONT_KNOW, DONT_KNOW_LABEL)
        return _chosen(own, own["item"], answer.fillna(own["value"]), number)
    if DONT_KNOW in question.labels:
        return _chosen(own, own["item"], own["value"])
    return _chosen(own, own["item"], own["value"].replace(DONT_KNOW, DONT_KNOW_LABEL))


def in_order(question: Question, chosen: pd.DataFrame) -> tuple[list[str], list[str]]:
    """The items and the answers to print: the declared ones, then whatever else was found."""
    items = [column.item for column in question.columns] if question.kind is Kind.GRID else [""]
    last = {OUTSIDE: 1, DONT_KNOW_LABEL: 2}
    found = sorted(
        chosen["answer"].unique(), key=lambda label: (last.get(label, 0), fold(label), label)
    )
    rows = sorted(chosen["item"].unique()) if question.kind is Kind.GRID else []
    answers = [*_declared(question, chosen), *found]
    return list(dict.fromkeys([*items, *rows])), list(dict.fromkeys(answers))


def _item_and_label(question: Question, item: pd.Series) -> tuple[pd.Series, pd.Series]:
    if question.kind is not Kind.GRID:
        return item.map(lambda _name: ""), item
    parts = item.map(lambda name: name.partition(INSIDE))
    return parts.str[0], parts.str[2]


def _chosen(
    own: pd.DataFrame, item: pd.Series, answer: pd.Series, number: pd.Series | None = None
) -> pd.DataFrame:
    columns = {"respondent_id": own["respondent_id"], "item": item, "answer": answer}
    chosen = pd.DataFrame({**columns, "number": float("nan") if number is None else number})
    return chosen.astype({"item": "object", "answer": "object", "number": "float64"})


def _band(question: Question, mark: float) -> str:
    if not question.bands:
        return _written(mark)
    return next((band.label for band in question.bands if band.low <= mark <= band.high), OUTSIDE)


def _written(mark: float) -> str:
    return f"{mark:g}".replace(".", ",")


def _declared(question: Question, chosen: pd.DataFrame) -> list[str]:
    if question.answer_kind is Kind.RATING:
        dont_know = [DONT_KNOW_LABEL] if question.dont_know else []
        return [*_marks_in_order(question, chosen), *dont_know]
    if question.kind is Kind.MULTI and not question.labels:
        return [column.item for column in question.columns if column.item]
    return list(question.labels)


def _marks_in_order(question: Question, chosen: pd.DataFrame) -> list[str]:
    if question.bands:
        outside = [OUTSIDE] if (chosen["answer"] == OUTSIDE).any() else []
        return [*(band.label for band in question.bands), *outside]
    marks = set(chosen["number"].dropna())
    if question.bounds and question.bounds[1] - question.bounds[0] <= 20:
        low, high = question.bounds
        marks |= {low + step for step in range(int(high - low) + 1)}
    return [_written(mark) for mark in sorted(marks)]


def _counts(question: Question, chosen: pd.DataFrame) -> pd.DataFrame:
    pairs = pd.MultiIndex.from_product(in_order(question, chosen), names=["item", "answer"])
    n = chosen.groupby(["item", "answer"]).size().reindex(pairs, fill_value=0)
    bases = chosen.drop_duplicates(["respondent_id", "item"]).groupby("item").size()
    rows = n.rename("n").reset_index()
    base = rows["item"].map(bases).fillna(0).astype("int64")
    return rows.assign(n=rows["n"].astype("int64"), base=base)


def _weighted(rows: pd.DataFrame, chosen: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """The weighted shares, with their intervals."""
    weight = members.set_index("respondent_id")["weight"]
    weighed = chosen.assign(weight=chosen["respondent_id"].map(weight))
    n = weighed.groupby(["item", "answer"])["weight"].sum()
    n = n.reindex(pd.MultiIndex.from_frame(rows[["item", "answer"]]), fill_value=0.0)
    each = weighed.drop_duplicates(["respondent_id", "item"]).groupby("item")["weight"]
    share = n.reset_index(drop=True) / rows["item"].map(each.sum())
    share = share.where(rows["base"] >= TINY)
    bounds = weighted_interval(share, rows["item"].map(each.agg(effective)))
    return bounds.assign(weighted_share=share)


def _citations(rows: pd.DataFrame) -> pd.Series:
    """What each answer is of all that was ticked."""
    ticked = rows.groupby("item")["n"].transform("sum")
    return (rows["n"] / ticked.where(ticked > 0)).where(rows["share"].notna())


def _marks(chosen: pd.DataFrame) -> pd.DataFrame:
    marks = chosen.dropna(subset="number").groupby("item")["number"]
    summary = pd.DataFrame({"rated": marks.size(), "mean": marks.mean(), "median": marks.median()})
    enough = summary["rated"] >= TINY
    return summary.assign(
        mean=summary["mean"].where(enough), median=summary["median"].where(enough)
    )


def _base_notes(
    question: Question, base: Base, respondents: pd.DataFrame, *, strays: int
) -> list[str]:
    notes = [_base_note(base)]
    everyone = int((respondents["source"] == question.source).sum())
    if question.asked_if is not None:
        notes.append(
            _(
                "Question posée à {asked} répondants sur {everyone} (selon « {question} »).",
                asked=base.asked,
                everyone=everyone,
                question=question.asked_if.question,
            )
        )
    if strays:
        notes.append(
            ngettext(
                "{n} réponse hors du filtre, non comptée.",
                "{n} réponses hors du filtre, non comptées.",
                strays,
            )
        )
    return notes


def _base_note(base: Base) -> str:
    answered = ngettext("{n} répondant", "{n} répondants", base.answered)
    if not base.blank:
        return _("Base : {answered}.", answered=answered)
    asked = ngettext("{n} interrogé", "{n} interrogés", base.asked)
    return _("Base : {answered} sur {asked}.", answered=answered, asked=asked)


def _reading_notes(question: Question, rows: pd.DataFrame, *, dont_know: bool) -> list[str]:
    items = rows.drop_duplicates("item")
    notes = []
    if items["base"].nunique() > 1:
        low, high = items["base"].min(), items["base"].max()
        notes.append(_("Base de {low} à {high} selon la ligne.", low=low, high=high))
    if question.answer_kind is Kind.MULTI:
        over = (rows.groupby("item")["n"].sum() > rows.groupby("item")["base"].first()).any()
        notes.append(
            _("Plusieurs réponses possibles : le total dépasse 100 %.")
            if over
            else _("Plusieurs réponses possibles : le total peut dépasser 100 %.")
        )
        notes.append(_("Qui n'a rien coché compte comme sans réponse."))
    if not dont_know:
        notes.append(_("« Ne sais pas » ne compte pas dans la base."))
    elif (rows["answer"] == DONT_KNOW_LABEL).any():
        notes.append(_dont_know_note(question))
    if question.kind is Kind.RATING and rows["mean"].notna().any():
        notes.append(_mean_note(rows))
    notes += cautions(items["base"])
    if rows["share"].notna().any():
        notes += [_(intervals.NOTE), _(ROUNDED)]
    return notes


def _dont_know_note(question: Question) -> str:
    if question.answer_kind is not Kind.RATING:
        return _("« Ne sais pas » compte dans la base des parts.")
    return _("« Ne sais pas » compte dans la base des parts, pas dans la moyenne ni la médiane.")


def _mean_note(rows: pd.DataFrame) -> str:
    said = rows.to_dict("records")[0]
    mean, median = _told(round(said["mean"], 1)), _told(said["median"])
    rated = said["rated"]
    return _("Moyenne {mean}, médiane {median} ({n} notes).", mean=mean, median=median, n=rated)


def _told(value: float) -> str:
    """As in the answers in French, which are data; with a point elsewhere."""
    return _written(value) if spoken() == FRENCH else f"{value:g}"
