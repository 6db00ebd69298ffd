"""What stands near a verbatim: the respondent's other answers, and the answers most like it."""

from typing import Any

from verbatims.frames import BLANK
from verbatims.language import _
from verbatims.study.desk.similar import Nearest
from verbatims.study.desk.view import View

OTHERS = 30  # answers of the same respondent, at most
CODED, ALL = 5, 8  # similar answers shown: those that were coded first, and in all


def near(view: View, at: int, nearest: Nearest | None) -> dict[str, Any]:
    """See the contract of the board; `note` says why there is nothing similar."""
    unread = _("Les réponses semblables viendront après l'analyse.")
    return {
        "others": _others(view, at),
        "similar": [] if nearest is None else _similar(view, nearest.to(at)),
        "note": unread if nearest is None else "",
    }


def _others(view: View, at: int) -> list[dict[str, Any]]:
    index = view.index
    said = index.of_respondent(index.respondents[at])
    others = [place for place in said if place != at and index.statuses[place] != BLANK]
    return [
        {
            "id": index.ids[place],
            "question": index.questions[place],
            "text": index.texts[place],
            "themes": _coded(view, place)[0],
            "read": view.reading(place).read,
        }
        for place in others[:OTHERS]
    ]


def _similar(view: View, ranked: list[tuple[int, float]]) -> list[dict[str, Any]]:
    """The nearest, and among them as many that were coded as there are."""
    coded = [one for one in ranked if view.index.ids[one[0]] in view.held][:CODED]
    others = [one for one in ranked[: ALL + CODED] if one not in coded][: ALL - len(coded)]
    rows = []
    for place, score in sorted([*coded, *others], key=lambda one: -one[1]):
        themes, coder = _coded(view, place)
        brief = {"id": view.index.ids[place], "text": view.index.texts[place]}
        rows.append({**brief, "themes": themes, "coder": coder, "score": round(score, 3)})
    return rows


def _coded(view: View, at: int) -> tuple[list[str], str]:
    """The themes of a verbatim and who read it, by the coder or those whose work they may see."""
    name, own = view.index.ids[at], view.reading(at)
    if own.read:
        return view.book.now(own.present), view.coder.name
    if view.hides(at) or name not in view.held:
        return [], ""
    held = view.held[name]
    return [theme for theme in view.book.themes if theme in held], view.log.readers[name][-1]
