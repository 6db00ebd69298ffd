"""The steps of a study, in the order of the menu: one page file each."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from verbatims.language import N_, _

PAGES = Path(__file__).parent / "pages"


@dataclass(frozen=True)
class Step:
    """An entry of the menu: the file it runs, its address and the words it shows."""

    file: str
    address: str
    title: str
    icon: str

    @property
    def page(self) -> Page:
        icon = f":material/{self.icon}:"
        first = self.file == "study"
        path = PAGES / f"{self.file}.py"
        return st.Page(path, title=_(self.title), icon=icon, url_path=self.address, default=first)

    def link(self, label: str) -> None:
        """A link to this step, for a page that needs it done first."""
        st.page_link(self.page, label=label, icon=f":material/{self.icon}:")


STUDY = Step("study", "etude", N_("Étude"), "folder_open")
CODING = Step("coding", "codage", N_("Codage"), "edit_note")
THEMES = Step("themes", "themes", N_("Thèmes"), "account_tree")
WORDS = Step("words", "mots", N_("Mots"), "spellcheck")
CLUSTERS = Step("clusters", "classes", N_("Classes"), "bubble_chart")
RESULTS = Step("results", "resultats", N_("Résultats"), "bar_chart")
QUOTES = Step("quotes", "citations", N_("Citations"), "format_quote")
TEAM = Step("team", "equipe", N_("Équipe"), "group")
EXPORT = Step("export", "export", N_("Export"), "download")

STEPS = (STUDY, CODING, THEMES, WORDS, CLUSTERS, RESULTS, QUOTES, TEAM, EXPORT)
