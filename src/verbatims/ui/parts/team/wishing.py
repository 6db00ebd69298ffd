"""A new plan: who codes, in which shares, how much by two; what it gives before it is kept."""

from collections.abc import Sequence

import streamlit as st

from verbatims.errors import VerbatimsError
from verbatims.language import N_, _, ngettext, number, percent
from verbatims.model import Role
from verbatims.study import Study
from verbatims.study.planning import POSITIVES, Draft, Wish
from verbatims.ui import shelf, state
from verbatims.ui.parts import coder, page
from verbatims.ui.parts.team import loads
from verbatims.ui.parts.text import literal, typeset

_FAULT = "wish_fault"
_WHY = N_(
    "Donnez à chacun sa part des réponses, tirée au hasard, et une part à coder à deux. Ce sont "
    "les réponses codées à deux, sans que l’un voie le codage de l’autre, qui disent si la grille "
    "est comprise de la même façon par tous."
)
_HOW_MANY = N_(
    "Un accord ne se mesure, thème par thème, qu’à partir d’environ {positives} réponses où le "
    "thème est présent ; au-dessous, l’outil ne donne que les comptes. À partir de 0,80, l’accord "
    "est solide ; de 0,667 à 0,80, à prendre avec précaution ; plus bas, revoyez la grille."
)
_BLIND = N_("Tant que les deux n’ont pas fini, aucun ne voit ce que l’autre a codé.")
_UNSUGGESTED = N_(
    "Les codeurs lisent sans suggestions : la mesure homme–machine est alors nette, mais la "
    "lecture plus lente."
)


def draw(opened: Study, *, planned: bool) -> None:
    """The form, and beside it what it gives."""
    with st.container(border=True, key="wish"):
        title = _("Répartir de nouveau") if planned else _("Répartir")
        st.html(f'<h2 class="v-part">{title}</h2>')
        if not planned:
            page.note(_(_WHY))
            page.note(_(_HOW_MANY, positives=POSITIVES))
        asked, given = st.columns([2, 3], gap="large")
        with asked:
            wish = _asked(opened, planned=planned)
        with given:
            _given(opened, wish)


def _asked(opened: Study, *, planned: bool) -> Wish:
    question = _question(opened)
    only_new = planned and _only_new(opened, question)
    answers = _answers(opened, question, only_new=only_new)
    if not answers:
        return Wish({}, 0.0, question, only_new)
    coders = _coders(opened)
    return Wish(_shares(coders), _twice(answers, by=len(coders)), question, only_new)


def _answers(opened: Study, question: str, *, only_new: bool) -> int:
    """How many there are to share out."""
    return state.kept(
        opened,
        f"answers to plan {question} {only_new}",
        lambda: len(opened.planning.pool(question, only_new=only_new)),
    )


def _question(opened: Study) -> str:
    titles = {"": _("Toutes les questions ouvertes")}
    titles |= {question.id: question.title for question in opened.questionnaire.open}
    if len(titles) == 2:
        return ""
    chosen: str = st.selectbox(
        _("Question"),
        list(titles),
        format_func=lambda name: titles.get(name, name),
        key="wish_question",
        persist_state="session",
    )
    return chosen


def _only_new(opened: Study, question: str) -> bool:
    """Whether the answers that a plan names already keep their coders."""
    new, every = (_answers(opened, question, only_new=only) for only in (True, False))
    labels = {
        True: _("Pas encore réparties ({n})", n=number(new)),
        False: _("Toutes ({n})", n=number(every)),
    }
    chosen: bool = st.segmented_control(
        _("Réponses"),
        list(labels),
        default=True,
        required=True,
        format_func=labels.__getitem__,
        key="wish_only_new",
        persist_state="session",
    )
    if not chosen:
        page.note(_("Cette répartition prendra la place des précédentes pour ces réponses."))
    return chosen


def _coders(opened: Study) -> list[str]:
    known = opened.planning.names()
    if opened.team.open and state.coder():
        known = list(dict.fromkeys([state.coder(), *known]))
    chosen = st.multiselect(
        _("Qui code"),
        known,
        default=known,
        accept_new_options=opened.team.open,
        placeholder=_("Écrivez un nom, puis Entrée") if opened.team.open else _("Choisissez"),
        help=None if opened.team.open else typeset(_("Les comptes se font dans « Codeurs ».")),
        key=f"wish_coders {known}",
        persist_state="session",
    )
    return list(dict.fromkeys(" ".join(name.split()) for name in chosen if name.strip()))


def _shares(coders: Sequence[str]) -> dict[str, float]:
    """A number for each, which begin equal and make 100 together."""
    equal = 100 // max(len(coders), 1)
    over = 100 - equal * len(coders)
    shares = {}
    with st.container(horizontal=True, key="wish_shares"):
        for place, name in enumerate(coders):
            shares[name] = float(
                st.number_input(
                    literal(_("{name}, en %", name=name)),
                    min_value=0,
                    max_value=100,
                    value=equal + (place < over),
                    step=5,
                    key=f"wish_share {name} of {coders}",
                    width=140,
                )
            )
    return shares


def _twice(answers: int, *, by: int) -> float:
    if by < 2:
        page.note(_("À partir de deux personnes, une part peut être codée à deux."))
        return 0.0
    part: int = st.slider(
        _("Part codée à deux"),
        0,
        100,
        20,
        step=5,
        format=_("%d %%"),
        key="wish_twice",
        help=typeset(_(_HOW_MANY, positives=POSITIVES)),
        persist_state="session",
    )
    twice = round(part / 100 * answers)
    page.note(
        ngettext(
            "Soit {n} réponse sur {answers}.",
            "Soit {n} réponses sur {answers}.",
            twice,
            n=number(twice),
            answers=number(answers),
        )
    )
    return part / 100


def _given(opened: Study, wish: Wish) -> None:
    """What the plan would be, or what is still missing."""
    missing = _missing(opened, wish)
    if missing:
        page.note(missing)
        return
    try:
        with st.spinner(_("Tirage…"), show_time=False):
            draft = _drafted(opened, wish)
    except VerbatimsError as error:
        page.failure(error)
        return
    loads.draw(
        draft.coders,
        "coder",
        loads.ASSIGNED,
        more=[("assigned", _("En tout")), ("read", _("Déjà lues"))],
    )
    if draft.doubles:
        _of_doubles(opened, draft)
    blind, hides_machine = _rules(draft)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            ngettext(
                "Répartir {n} réponse",
                "Répartir {n} réponses",
                draft.answers,
                n=number(draft.answers),
            ),
            key="save_plan",
            type="primary",
            icon=":material/group_add:",
            on_click=_save,
            args=(opened, wish, blind, hides_machine),
        )
        coder.sign(opened, _("Vos répartitions sont gardées au nom de"), key="wish_author")
    if st.session_state.get(_FAULT):
        st.error(literal(typeset(st.session_state[_FAULT])))


def _missing(opened: Study, wish: Wish) -> str:
    total = sum(wish.shares.values())
    if not _answers(opened, wish.question, only_new=wish.only_new):
        planned = _("Toutes ces réponses sont déjà réparties.")
        return planned if wish.only_new else _("Aucune réponse.")
    if not wish.shares:
        return _("Dites qui code : l’aperçu viendra ici.")
    made, off = percent(total / 100), percent(abs(100 - total) / 100)
    if total < 100:
        return _("Les parts font {total} : il en manque {missing}.", total=made, missing=off)
    if total > 100:
        return _("Les parts font {total} : il y en a {over} de trop.", total=made, over=off)
    return ""


def _drafted(opened: Study, wish: Wish) -> Draft:
    version = (*opened.version(), *shelf.stamps(opened.path), repr(wish))
    return shelf.last(opened.path, "draft plan", version, lambda: opened.planning.draft(wish))


def _of_doubles(opened: Study, draft: Draft) -> None:
    """What can be measured with so many, and who is paired with whom."""
    page.note(_measurable(opened, draft))
    if draft.known:
        page.note(
            _(
                "À savoir : réponses à deux déjà lues avant : {n}. Ce codage a pu être vu des "
                "autres ; l’accord peut en être flatté.",
                n=number(draft.known),
            )
        )
    pairs = draft.pairs
    if len(pairs) > 1:
        told = (
            _("{coder} et {other} {n}", coder=row["coder"], other=row["other"], n=number(row["n"]))
            for row in pairs.to_dict("records")
        )
        page.note(_("En commun : {pairs}.", pairs=", ".join(told)))


def _measurable(opened: Study, draft: Draft) -> str:
    question = draft.wish.question
    shares = state.kept(
        opened, f"theme shares {question}", lambda: opened.planning.themes(question), work=False
    )["share"]
    needed = state.kept(
        opened, f"needed {question}", lambda: opened.planning.needed(question), work=False
    )
    if needed is None:
        return _(
            "Lancez l’analyse : les suggestions diront combien de thèmes cela permet de mesurer."
        )
    enough = int(((shares * draft.doubles).round(6) >= POSITIVES).sum())
    told = ngettext(
        "Avec {n} réponse à deux, d’après les suggestions, les thèmes qui auraient au moins "
        "{positives} présences : {enough} sur {themes}.",
        "Avec {n} réponses à deux, d’après les suggestions, les thèmes qui auraient au moins "
        "{positives} présences : {enough} sur {themes}.",
        draft.doubles,
        n=number(draft.doubles),
        positives=POSITIVES,
        enough=number(enough),
        themes=number(len(shares)),
    )
    if needed <= draft.doubles:
        return told
    more = _("Même en codant tout à deux, moins de la moitié des thèmes les auraient.")
    if needed <= draft.answers:
        more = _("Pour que la moitié des thèmes suggérés les aient : {n} à deux.", n=number(needed))
    return f"{told} {more}"


def _rules(draft: Draft) -> tuple[bool, bool]:
    """Whether coders are blind to each other, and to the machine, and what that means."""
    blind = False
    if draft.doubles:
        blind = st.toggle(_("En aveugle"), value=True, key="wish_blind", help=_(_BLIND))
    label = _("Sans les suggestions de l’outil")
    hides = st.toggle(label, value=False, key="wish_hides", help=_(_UNSUGGESTED))
    if hides:
        page.note(_(_UNSUGGESTED))
    return blind, hides


def _save(opened: Study, wish: Wish, blind: bool, hides_machine: bool) -> None:
    st.session_state[_FAULT] = ""
    if not state.may(Role.LEAD):
        return
    planning = opened.planning
    try:
        number_ = planning.save(
            planning.draft(wish), author=state.coder(), blind=blind, hides_machine=hides_machine
        )
    except VerbatimsError as error:
        st.session_state[_FAULT] = error.message
        return
    st.toast(typeset(_("Répartition n° {number} enregistrée.", number=number_)))
