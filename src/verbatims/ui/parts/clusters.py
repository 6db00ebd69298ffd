"""One class → a card: its size, its typical lemmas as bars, three typical verbatims, its theme."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from verbatims.language import _, ngettext, number, percent
from verbatims.model import Codebook
from verbatims.ui.parts.text import escape

_WORDS = 8


def card(row: Mapping[Hashable, Any], place: int, words: pd.DataFrame, codebook: Codebook) -> None:
    """Draw the card of a row of the clusters' table."""
    verbatims = ngettext("{n} verbatim", "{n} verbatims", row["n"], n=number(row["n"]))
    size = f"{verbatims} · {percent(row['share'])}"
    texts = "".join(f"<blockquote>{escape(text)}</blockquote>" for text in row["typical_texts"])
    with st.container(border=True, height="stretch"):
        said = _("Classe {place}", place=place)
        heading = _("Verbatims typiques")
        st.html(
            f'<h2 class="v-class">{said} <span>{size}</span></h2>'
            f'<p class="v-note">{_nearest(row, codebook)}</p>'
            f"{_bars(row['cluster'], words)}"
            f'<p class="v-label">{heading}</p><div class="v-quotes">{texts}</div>'
        )


def _nearest(row: Mapping[Hashable, Any], codebook: Codebook) -> str:
    """Which theme the class is most like, for HTML."""
    theme = codebook.label(row["theme"]) if row["theme"] else ""
    if not theme:
        return _("Aucun thème de la grille ne lui ressemble.")
    n = row["theme_n"]
    return _(
        "Thème le plus proche : {theme} ({suggestions})",
        theme=f"<b>{escape(theme)}</b>",
        suggestions=ngettext("{n} suggestion", "{n} suggestions", n, n=number(n)),
    )


def _bars(cluster: int, words: pd.DataFrame) -> str:
    """The lemmas that mark the class, longest bar for the highest chi²."""
    own = words[(words["cluster"] == cluster) & (words["chi2"] > 0)]
    own = own.sort_values(["chi2", "lemma"], ascending=[False, True]).head(_WORDS)
    top = own["chi2"].max() if len(own) else 1.0
    rows = "".join(
        f'<li><span>{escape(lemma)}</span><i style="width:{60 * chi2 / top:.0f}%"></i>'
        f"<b>{number(round(chi2))}</b></li>"
        for lemma, chi2 in zip(own["lemma"], own["chi2"], strict=True)
    )
    title = _("Mots typiques (chi²)")
    return f'<p class="v-label">{title}</p><ul class="v-words">{rows}</ul>'
