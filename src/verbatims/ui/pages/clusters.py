"""Classes: what the machine groups, in the answers' own words; and what no class took."""

import pandas as pd
import streamlit as st

from verbatims import charts
from verbatims.frames import ANSWERED, EMPTY, UNCLUSTERED
from verbatims.language import _, ngettext, number
from verbatims.study import Study
from verbatims.ui import reading, state, steps
from verbatims.ui.parts import cloud, coder, page, paging
from verbatims.ui.parts.clusters import card

_BARS = 20


def _classes(opened: Study) -> None:
    clustering = state.kept(opened, "clustering", opened.clustering, work=False)
    table = state.kept(opened, "cluster table", opened.cluster_table, work=False)
    page.note(clustering.note)
    groups = table[table["cluster"] != UNCLUSTERED].to_dict("records")
    for start in range(0, len(groups), 2):
        columns = st.columns(2, gap="medium")
        for place, column in enumerate(columns[: len(groups) - start], start=start):
            with column:
                card(groups[place], place + 1, clustering.words, opened.codebook)


def _left_out(opened: Study) -> None:
    """The verbatims without a class, and those without content: listed, never hidden."""
    verbatims = reading.load(opened).verbatims
    clustering = state.kept(opened, "clustering", opened.clustering, work=False)
    placed = clustering.clusters
    taken = placed.loc[placed["cluster"] != UNCLUSTERED, "verbatim_id"]
    unclustered = verbatims[
        (verbatims["status"] == ANSWERED) & ~verbatims["verbatim_id"].isin(taken)
    ]
    empty = verbatims[verbatims["status"] == EMPTY]
    n = len(unclustered)
    with st.expander(
        ngettext("Hors classe : {n} verbatim", "Hors classe : {n} verbatims", n, n=number(n))
    ):
        paging.texts(unclustered, opened.questionnaire, key="unclustered")
    n = len(empty)
    with st.expander(
        ngettext(
            "Sans contenu : {n} verbatim (« RAS », « ne sais pas »…)",
            "Sans contenu : {n} verbatims (« RAS », « ne sais pas »…)",
            n,
            n=number(n),
        )
    ):
        paging.texts(empty, opened.questionnaire, key="empty")


def _words(opened: Study) -> None:
    st.header(_("Mots des réponses"), anchor=False)
    counts = state.kept(opened, "lemma counts", lambda: _counts(opened), work=False)
    if counts.empty:
        page.note(_("Aucun mot plein dans les réponses."))
        return
    bars, words = st.columns(2, gap="medium")
    with bars:
        drawn = charts.lemmas(
            counts.head(_BARS), notes=[_("Nombre de verbatims qui contiennent le mot.")]
        )
        st.altair_chart(drawn, theme=None)
    with words:
        most = ", ".join(counts["lemma"].head(10))
        picture = cloud.image(dict(zip(counts["lemma"], counts["n"], strict=True)))
        said = _("Les mêmes mots en nuage")
        st.html(f'<p class="v-label">{said}</p>')
        alt = _("Nuage des mots ; les plus fréquents : {most}", most=most)
        st.image(picture, alt=alt, width="stretch")


def _counts(opened: Study) -> pd.DataFrame:
    """How many verbatims hold each content lemma, the most frequent first."""
    words = opened.words.content().drop_duplicates(["verbatim_id", "lemma"])
    counts = (
        words["lemma"].astype("object").value_counts().rename_axis("lemma").reset_index(name="n")
    )
    return counts.sort_values(["n", "lemma"], ascending=[False, True], ignore_index=True)


opened = page.require_verbatims(_("Classes"))
coder.require_sight(opened)
if not len(state.kept(opened, "clustering", opened.clustering, work=False).clusters):
    page.nothing(
        _("Aucune classe : l’analyse n’a pas encore été lancée."),
        steps.STUDY,
        _("Lancer l’analyse"),
    )
else:
    _classes(opened)
    _left_out(opened)
    _words(opened)
