"""A frame of verbatims → their texts, a page at a time."""

import math

import pandas as pd
import streamlit as st

from verbatims.language import _
from verbatims.model import Questionnaire
from verbatims.ui.parts import page
from verbatims.ui.parts.grid import Heading, draw

SIZE = 25


def texts(verbatims: pd.DataFrame, questionnaire: Questionnaire, *, key: str) -> None:
    """List respondent, question and text, `SIZE` at a time."""
    if verbatims.empty:
        page.note(_("Aucun."))
        return
    pages = math.ceil(len(verbatims) / SIZE)
    number = st.pagination(pages, key=f"page_{key}") if pages > 1 else 1
    shown = verbatims.iloc[(number - 1) * SIZE : number * SIZE]
    titles = {question.id: question.title for question in questionnaire}
    rows = [
        (row["respondent_id"], titles.get(row["question"], row["question"]), row["text"])
        for row in shown.to_dict("records")
    ]
    draw([Heading(_("Répondant")), Heading(_("Question")), Heading(_("Texte"))], rows)
