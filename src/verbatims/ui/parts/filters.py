"""The filters of the coding page → what a coder wants to see."""

import streamlit as st

from verbatims.frames import RANDOM
from verbatims.language import N_, _
from verbatims.model import Coder, Kind, Question, Role
from verbatims.review import DONE, ORDERS, UNREAD, Filters
from verbatims.review.orders import CLUSTER, FILE, RARE, SPLIT, THEME, UNCERTAIN
from verbatims.study import Study
from verbatims.ui import identity, keys, reading, state
from verbatims.ui.parts import page

MANY = 200  # beyond, the answers to a profile question are too many to choose from

_STATES = {UNREAD: N_("À coder"), DONE: N_("Codés"), "": N_("Tous")}
_ORDER, _MINE = "coding_order", "coding_mine"


def bar(opened: Study) -> Filters:
    """Draw the filters and the order; they keep their values from one page to another."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="coding_filters"):
        question = _question(opened)
        profile = _profile(opened)
        theme = _theme(opened)
        order = _order(opened)
        read = _state()
        words = st.text_input(
            _("Rechercher"),
            key="coding_search",
            icon=":material/search:",
            placeholder=_("mots du texte"),
            width=170,
            persist_state="session",
        )
    if order == THEME and not theme:
        page.note(_("Pour lire par thème, choisissez d’abord le thème, au-dessus."))
        order = FILE
    return Filters(
        question=question,
        theme=theme,
        state=read,
        search=words or "",
        order=order,
        profile=profile,
        mine=bool(st.session_state.get(_MINE)),
    )


def own(opened: Study, coder: str) -> None:
    """The way to see only the answers that a plan gives this coder, once there are some."""
    if not _assigned(opened, coder):
        st.session_state.pop(_MINE, None)
        return
    st.toggle(_("Mes réponses"), value=True, key=_MINE, persist_state="session")


def _assigned(opened: Study, coder: str) -> bool:
    if opened.store.plans().empty:
        return False
    desk = opened.desk(Coder(coder, Role.CODER))
    with desk.memory.lock:
        return bool(desk.view().log.assigned(coder).any())


def at_random(question: str = "") -> None:
    """Set the filters to what chance draws among the answers to a question, and to all of them."""
    wanted = {"question": question, "profile": ("", ""), "theme": "", "state": UNREAD, "search": ""}
    for name, value in (*wanted.items(), ("order", RANDOM)):
        st.session_state[f"coding_{name}"] = value


def _state() -> str:
    chosen = st.segmented_control(
        _("Statut"),
        list(_STATES),
        default=UNREAD,
        required=True,
        format_func=lambda name: _(_STATES[name]),
        key="coding_state",
        width=210,
        persist_state="session",
    )
    return chosen or ""


def _order(opened: Study) -> str:
    """The order chosen; what each is for is said when pointing at it."""
    offered = _offered(opened)
    if st.session_state.get(_ORDER) not in offered:
        st.session_state[_ORDER] = FILE
    whys = [_("{order} : {why}.", order=_named(name), why=_(ORDERS[name].why)) for name in offered]
    chosen: str = st.selectbox(
        _("Ordre"),
        offered,
        format_func=_named,
        key=_ORDER,
        help="\n\n".join(whys),
        width=190,
        persist_state="session",
    )
    return chosen


def _named(order: str) -> str:
    label = _(ORDERS[order].label)
    return label[:1].upper() + label[1:]


def _offered(opened: Study) -> list[str]:
    """The orders that make sense now: some go by what the analysis found, or need a theme split."""
    analysed = bool(opened.stages.tags_codebook())
    offered = [FILE, RANDOM, *((UNCERTAIN, RARE, THEME, CLUSTER) if analysed else ())]
    found = identity.current(opened)
    if found is not None and any(theme.replaces for theme in opened.codebook.themes):
        offered += [SPLIT] if opened.desk(found).about()["to_reread"] else []
    return offered


def _question(opened: Study) -> str:
    titles = {"": _("Toutes les questions")}
    titles |= {question.id: question.title for question in opened.questionnaire.open}
    return st.selectbox(
        _("Question"),
        list(titles),
        format_func=lambda key: titles.get(key, key),
        key="coding_question",
        width=235,
        persist_state="session",
    )


def _profile(opened: Study) -> tuple[str, str]:
    groups = state.kept(opened, "profile groups", lambda: _groups(opened), work=False)
    everyone = ("", "")
    titles = {question.id: question.title for question in opened.questionnaire.profile}
    return st.selectbox(
        _("Profil"),
        [everyone, *groups],
        format_func=lambda group: (
            _("{question} : {answer}", question=titles.get(group[0], group[0]), answer=group[1])
            if group[0]
            else _("Tous les profils")
        ),
        key="coding_profile",
        width=195,
        persist_state="session",
    )


def _theme(opened: Study) -> str:
    signs = {theme: key.sign for theme, key in keys.keys(opened.codebook).items()}
    return st.selectbox(
        _("Thème suggéré ou retenu"),
        ["", *signs],
        format_func=lambda theme: (
            f"{signs[theme]} · {opened.codebook.label(theme)}"
            if theme in signs
            else _("Tous les thèmes")
        ),
        key="coding_theme",
        width=215,
        persist_state="session",
    )


def _groups(opened: Study) -> list[tuple[str, str]]:
    """The answers to each profile question: those of its list, else those found."""
    groups: list[tuple[str, str]] = []
    for question in opened.questionnaire.profile:
        if question.kind is Kind.GRID:
            continue
        labels = question.labels or _found(opened, question)
        if len(labels) <= MANY:
            groups += [(question.id, label) for label in labels]
    return groups


def _found(opened: Study, question: Question) -> list[str]:
    answers = reading.load(opened).answers
    given = answers[answers["question"] == question.id]
    column = "item" if question.kind is Kind.MULTI else "value"
    return sorted(given[column].unique())
