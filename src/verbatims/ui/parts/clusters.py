"""One class → a card: its size, its typical lemmas as bars, three typical verbatims, its theme."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from verbatims.model import Codebook
from verbatims.ui.parts.text import escape, number, percent, plural

_WORDS = 8


def card(row: Mapping[Hashable, Any], place: int, words: pd.DataFrame, codebook: Codebook) -> None:
    """Draw the card of a row of the clusters' table."""
    size = f"{plural(row['n'], 'verbatim')} · {percent(row['share'])}"
    theme = codebook.label(row["theme"]) if row["theme"] else ""
    nearest = (
        f'<p class="v-note">Thème le plus proche : <b>{escape(theme)}</b> '
        f"({plural(row['theme_n'], 'suggestion')})</p>"
        if theme
        else '<p class="v-note">Aucun thème de la grille ne lui ressemble.</p>'
    )
    texts = "".join(f"<blockquote>{escape(text)}</blockquote>" for text in row["typical_texts"])
    with st.container(border=True, height="stretch"):
        st.html(
            f'<h2 class="v-class">Classe {place} <span>{size}</span></h2>{nearest}'
            f"{_bars(row['cluster'], words)}"
            f'<p class="v-label">Verbatims typiques</p><div class="v-quotes">{texts}</div>'
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
    return f'<p class="v-label">Mots typiques (chi²)</p><ul class="v-words">{rows}</ul>'
