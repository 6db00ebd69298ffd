"""A figure → the sentence that a report may say of it, never more precise than is due."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from textwrap import shorten
from typing import Any

from verbatims.language import _, ngettext, percent
from verbatims.model import Codebook, Criterion, Figure, Kind, Questionnaire, Table
from verbatims.study import seen as looking
from verbatims.study.seen import ARROWS, LESS, MORE, TOGETHER, Line, Picked, Seen

_BREATH = 60  # characters of a question


@dataclass(frozen=True)
class Names:
    """What a figure's questions and themes are called, and the kind of each question.

    A question that needs no naming, the only one of its kind, has an empty title.
    """

    kinds: Mapping[str, str]
    titles: Mapping[str, str]
    themes: Mapping[str, str]

    def title(self, question: str) -> str:
        return self.titles.get(question, question)

    def is_open(self, question: str) -> bool:
        return not question or self.kinds.get(question) == Kind.OPEN

    def shortened(self) -> "Names":
        """The same, for a sentence that is to be read in one breath."""
        titles = {
            question: shorten(text, _BREATH, placeholder="…", break_on_hyphens=False)
            for question, text in self.titles.items()
        }
        return replace(self, titles=titles)

    def packed(self) -> dict[str, Any]:
        """As JSON holds them."""
        return {name: dict(getattr(self, name)) for name in ("kinds", "titles", "themes")}


def unpacked(kept: Mapping[str, Any]) -> Names:
    """The names that were kept."""
    return Names(*(dict(kept.get(name, {})) for name in ("kinds", "titles", "themes")))


def names(figure: Figure, questionnaire: Questionnaire, codebook: Codebook) -> Names:
    """What a figure's sentence may have to call by its name."""
    asked = {figure.question, figure.by, *(criterion.question for criterion in figure.among)}
    answers = {answer for criterion in figure.among for answer in criterion.answers}
    alone = len(questionnaire.open) == 1
    own = [question for question in questionnaire if question.id in asked]
    return Names(
        {question.id: str(question.answer_kind) for question in own},
        {
            question.id: "" if alone and question.kind is Kind.OPEN else question.title
            for question in own
        },
        {theme.id: theme.label for theme in codebook.themes if theme.id in answers},
    )


def sentence(
    figure: Figure,
    table: Table,
    picked: Picked | None,
    questionnaire: Questionnaire,
    codebook: Codebook,
) -> str:
    """« 44 % des répondants (18 sur 41) citent « Coordination » ; intervalle de 30 à 59 %. »"""
    shown = looking.look(table, figure, picked)
    return proposed(figure, shown, names(figure, questionnaire, codebook))


def proposed(figure: Figure, seen: Seen, names: Names) -> str:
    """The sentence on what was seen; long questions are cut in it."""
    names = names.shortened()
    if not seen.one or not seen.lines:
        return _on_table(figure, seen, names)
    line = seen.lines[0]
    if seen.estimated and line.share is not None:
        return _estimated(figure, line, names)
    if seen.kind == TOGETHER:
        cautions = _cautions(line) if line.key[0] != line.key[1] else []
        parts = [_together(figure, line, names), *cautions]
    else:
        parts = [_told(figure, line, names), *_interval(line), *_cautions(line)]
    return _("{sentence}.", sentence=_(" ; ").join(parts))


def among(criteria: Iterable[Criterion], names: Names) -> str:
    """Who is kept: « ceux qui ont répondu « Non » à « Accord » »; "" for everyone."""
    clauses = [
        _answering(
            names,
            criterion.question,
            [names.themes.get(answer, answer) for answer in criterion.answers],
            criterion.item,
        )
        for criterion in criteria
    ]
    return _("ceux qui {clauses}", clauses=_(" et qui ").join(clauses)) if clauses else ""


def _answering(names: Names, question: str, answers: Iterable[str], item: str) -> str:
    said, title = _(" ou ").join(map(_quoted, answers)), names.title(question)
    if names.is_open(question):
        if not title:
            return _("citent {answers}", answers=said)
        return _("citent {answers} à {question}", answers=said, question=_quoted(title))
    if item:
        title = _("{question} › {item}", question=title, item=item)
    return _("ont répondu {answers} à {question}", answers=said, question=_quoted(title))


# -- one row -------------------------------------------------------------------------------


def _told(figure: Figure, line: Line, names: Names) -> str:
    those = among(figure.among, names)
    if figure.by:
        group = _answering(names, figure.by, line.labels[1:], figure.by_item)
        those = _(" et qui ").join([those, group]) if those else _("ceux qui {group}", group=group)
    claim = _claim(figure, line, names, alone=not those)
    if line.sign in (MORE, LESS):
        claim = f"{claim} ({_compared(line.sign)})"
    return _("Parmi {those}, {claim}", those=those, claim=claim) if those else claim


def _compared(sign: str) -> str:
    if sign == MORE:
        return _("{arrow} plus que les autres", arrow=ARROWS[sign])
    return _("{arrow} moins que les autres", arrow=ARROWS[sign])


def _claim(figure: Figure, line: Line, names: Names, *, alone: bool) -> str:
    """« 44 % des répondants (18 sur 41) citent « Coordination » »."""
    what = _quoted(line.labels[0] if figure.by else line.labels[-1])
    claim = _cite(figure, line, names, _who(line, alone=alone), what)
    title = names.title(figure.question)
    item = figure.item if figure.by else (line.labels[0] if len(line.labels) > 1 else "")
    if title:
        claim = _("{claim} à {question}", claim=claim, question=_quoted(title))
    return _("{claim}, pour {item}", claim=claim, item=_quoted(item)) if item else claim


def _cite(figure: Figure, line: Line, names: Names, who: str, what: str) -> str:
    many = 2 if line.share is not None else line.n
    said = {"who": who, "what": what}
    if names.is_open(figure.question):
        return ngettext("{who} cite {what}", "{who} citent {what}", many, **said)
    if names.kinds.get(figure.question) == Kind.MULTI:
        return ngettext("{who} coche {what}", "{who} cochent {what}", many, **said)
    return ngettext("{who} répond {what}", "{who} répondent {what}", many, **said)


def _who(line: Line, *, alone: bool) -> str:
    if line.share is None:
        if not looking.is_tiny(line):
            return looking.count(line)
        return ngettext(
            "{n} répondant sur {base}", "{n} répondants sur {base}", line.n, base=line.base
        )
    told = {"share": percent(line.share), "n": line.n, "base": line.base}
    if alone:
        return _("{share} des répondants ({n} sur {base})", **told)
    return _("{share} ({n} sur {base})", **told)


def _interval(line: Line) -> list[str]:
    if line.share is None or "low" not in line.figures:
        return []
    said = [_("intervalle de {low} à {high}", **looking.bounds(line))]
    if "weighted_share" in line.figures:
        said.append(_("redressé : {share}", share=percent(line.figures["weighted_share"])))
    return said


def _cautions(line: Line) -> list[str]:
    if line.share is not None:
        small = looking.is_small(line)
        return [_("effectif faible, à lire avec prudence")] if small else []
    if looking.is_tiny(line):
        return [_("base trop petite pour une part")]
    return [_("pas de part tant que tout n'a pas été lu")]


def _together(figure: Figure, line: Line, names: Names) -> str:
    """« 12 répondants citent à la fois « A » et « B » »."""
    those = among(figure.among, names)
    if line.key[0] == line.key[1]:  # the diagonal: how many hold it at all
        alone = replace(line, figures={"n": line.n, "base": line.base})
        claim = _cite(figure, alone, names, looking.held(line), _quoted(line.labels[0]))
    else:
        claim = _both(line, is_open=names.is_open(figure.question))
    if line.sign:
        claim = f"{claim} ({_met(line.sign)})"
    return _("Parmi {those}, {claim}", those=those, claim=claim) if those else claim


def _both(line: Line, *, is_open: bool) -> str:
    one, other = map(_quoted, line.labels)
    if is_open:
        claim = ngettext(
            "{n} répondant cite à la fois {one} et {other}",
            "{n} répondants citent à la fois {one} et {other}",
            line.n,
            one=one,
            other=other,
        )
        part = _(", soit {share} des {base} qui citent {other}")
    else:
        claim = ngettext(
            "{n} répondant donne à la fois {one} et {other}",
            "{n} répondants donnent à la fois {one} et {other}",
            line.n,
            one=one,
            other=other,
        )
        part = _(", soit {share} des {base} qui donnent {other}")
    if line.share is None:
        return claim
    return claim + part.format(share=percent(line.share), base=line.base, other=other)


def _met(sign: str) -> str:
    if sign == MORE:
        return _("{arrow} plus souvent ensemble que par hasard", arrow=ARROWS[sign])
    return _("{arrow} moins souvent ensemble que par hasard", arrow=ARROWS[sign])


def _estimated(figure: Figure, line: Line, names: Names) -> str:
    title = names.title(figure.question)
    claim = _(
        "Entre {low} et {high} des répondants citent {what}",
        what=_quoted(line.labels[-1]),
        **looking.bounds(line),
    )
    if title:
        claim = _("{claim} à {question}", claim=claim, question=_quoted(title))
    return _("{claim} : estimation sur les réponses que le hasard a choisies.", claim=claim)


# -- a whole table -------------------------------------------------------------------------


def _on_table(figure: Figure, seen: Seen, names: Names) -> str:
    base = ngettext("base : {n} répondant", "base : {n} répondants", seen.base)
    said = {"title": _quoted(seen.title), "told": looking.overview(seen), "base": base}
    if not figure.among:
        return _("{title} : {told} ({base}).", **said)
    those = among(figure.among, names)
    return _("Parmi {those}, {title} : {told} ({base}).", those=those, **said)


def _quoted(text: str) -> str:
    return _("« {text} »", text=text)
