"""The words as the last analysis read them: counted once, shared, whatever was ruled since."""

import re
from collections.abc import Collection
from functools import cached_property

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from verbatims import corrections
from verbatims.folding import fold, fold_word
from verbatims.frames import ANSWERED, EMPTY_ANSWER, LEMMA
from verbatims.language import N_
from verbatims.study import Study

_LONGEST = 80  # characters: a longer answer says something
_REPEATED = 200  # the answers most often given alike, among which empty ones are found
_ENOUGH = 1_000  # answers in which examples of an expression are looked for
_WORDS = re.compile(r"\w+")
_SEPARATOR = "\x1f"

NATURES = {
    "NOUN": N_("nom"),
    "VERB": N_("verbe"),
    "ADJ": N_("adjectif"),
    "ADV": N_("adverbe"),
    "PROPN": N_("nom propre"),
    "AUX": N_("auxiliaire"),
    "ADP": N_("préposition"),
    "PRON": N_("pronom"),
    "DET": N_("déterminant"),
    "CCONJ": N_("conjonction"),
    "SCONJ": N_("conjonction"),
    "NUM": N_("nombre"),
    "INTJ": N_("interjection"),
    "PART": N_("particule"),
    "X": N_("autre"),
}

Flags = NDArray[np.bool_]


class Read:
    """The lists of a study, each made when it is first asked for; never to be altered."""

    def __init__(self, opened: Study) -> None:
        self._opened = opened

    @cached_property
    def lemmas(self) -> pd.DataFrame:
        """LEMMAS, as the last run gave them."""
        return self._opened.lemmas()

    @cached_property
    def words(self) -> pd.DataFrame:
        """form, pos, lemma, nature, n, verbatims; with the keys of rulings and of searches."""
        words = self._opened.words.lemmas().drop(columns="reason")
        forms = words["form"].map(
            {form: corrections.key(LEMMA, form) for form in set(words["form"])}
        )
        return words.assign(
            key=forms,
            nature=words["pos"].map(NATURES).fillna(NATURES["X"]),
            search=searched(words["form"], words["lemma"]),
        )

    @cached_property
    def repairs(self) -> pd.DataFrame:
        """form, repaired ("" when it was left as written), n, verbatims."""
        return self._opened.words.repairs().drop(columns="ruling")

    @cached_property
    def held(self) -> pd.DataFrame:
        """expression, n, verbatims of what the analyst held together."""
        return self._opened.words.held()

    @cached_property
    def proposals(self) -> pd.DataFrame:
        """expression, n, verbatims, score of what the corpus suggests."""
        return self._opened.words.expressions()

    @cached_property
    def stop_words(self) -> pd.DataFrame:
        """word, verbs_only, and n: how often it was met in the answers."""
        own = self._opened.words.stop_words()
        verbs = _by_lemma(self.words[self.words["pos"] == "VERB"])
        keys = [fold_word(word) for word in own["word"]]
        counts = [
            (verbs if only else self.lemma_counts).get(key, 0)
            for key, only in zip(keys, own["verbs_only"], strict=True)
        ]
        return own.assign(n=counts)

    @cached_property
    def lemma_counts(self) -> dict[str, int]:
        """How often each lemma is met, by its key."""
        return _by_lemma(self.words)

    @cached_property
    def empties(self) -> pd.DataFrame:
        """answer, n of what was taken as empty."""
        return self._opened.words.empties()

    @cached_property
    def repeated(self) -> pd.DataFrame:
        """answer, n of what several people answered word for word, and was not taken as empty."""
        answered = self.texts.loc[self.texts["status"] == ANSWERED, "text"]
        short = answered[answered.str.len() <= _LONGEST]
        keys = short.map({text: corrections.key(EMPTY_ANSWER, text) for text in short.unique()})
        groups = short.groupby(keys, sort=False).agg(["first", "size"])
        rows = groups.set_axis(["answer", "n"], axis=1).reset_index(drop=True)
        rows = rows[rows["n"] > 1].sort_values("n", ascending=False, kind="stable")
        return rows.head(_REPEATED).reset_index(drop=True)

    @cached_property
    def texts(self) -> pd.DataFrame:
        """The verbatims, by their id."""
        return self._opened.verbatims().set_index("verbatim_id")

    def is_form(self, forms: Collection[str]) -> Flags:
        """The rows of `lemmas` written as one of these forms, whatever their case."""
        return self._is("form", self._forms, {corrections.key(LEMMA, form) for form in forms})

    def is_lemma(self, word: str) -> Flags:
        """The rows of `lemmas` with this lemma, whatever its case, accents and hyphens."""
        return self._is("lemma", self._lemma_keys, {fold_word(word)})

    def expression(self, expression: str) -> pd.DataFrame:
        """Where an expression is met in the first answers that hold its longest word."""
        from verbatims.nlp import expressions

        longest = max(_WORDS.findall(fold(expression)), key=len, default="")
        stem = longest[: max(len(longest) - 2, 3)]
        alike = {form for form in self._form_words if stem in form}
        found = self._is("form", self._form_words, alike)
        ids = self.lemmas.loc[found, "verbatim_id"].unique()[:_ENOUGH]
        held = expressions.held(self.lemmas[self.lemmas["verbatim_id"].isin(ids)], [expression])
        return held[held["lemma"] == expression]

    def counts_of(self, forms: Collection[str]) -> pd.DataFrame:
        """n and verbatims of each form, by its key; those that are not met have no row."""
        rows = self.lemmas[self.is_form(forms)]
        keys = rows["form"].astype("object").map(lambda form: corrections.key(LEMMA, form))
        groups = rows.assign(key=keys.to_numpy()).groupby("key")["verbatim_id"]
        return pd.DataFrame({"n": groups.size(), "verbatims": groups.nunique()})

    def _is(self, column: str, keys: list[str], wanted: set[str]) -> Flags:
        codes = [code for code, key in enumerate(keys) if key in wanted]
        found: Flags = np.isin(self.lemmas[column].cat.codes.to_numpy(), codes)
        return found

    @cached_property
    def _forms(self) -> list[str]:
        categories = self.lemmas["form"].cat.categories
        return [corrections.key(LEMMA, form) for form in categories]

    @cached_property
    def _form_words(self) -> list[str]:
        return [fold_word(form) for form in self.lemmas["form"].cat.categories]

    @cached_property
    def _lemma_keys(self) -> list[str]:
        return [fold_word(lemma) for lemma in self.lemmas["lemma"].cat.categories]


def load(opened: Study) -> Read:
    """What the last run of a study read."""
    return _load(str(opened.path), opened.version(work=False), opened)


def _by_lemma(words: pd.DataFrame) -> dict[str, int]:
    by_lemma = words.groupby("lemma", sort=False)["n"].sum()
    counts = by_lemma.groupby([fold_word(lemma) for lemma in by_lemma.index]).sum()
    return {str(key): int(n) for key, n in counts.items()}


def searched(*columns: "pd.Series[str]") -> list[str]:
    """What a search looks into: the texts of each row, blind to case and accents."""
    rows = _SEPARATOR.join(map("\t".join, zip(*columns, strict=True)))
    return fold(rows).split(_SEPARATOR) if rows else []


@st.cache_resource(max_entries=2, show_spinner=False)
def _load(path: str, version: tuple[object, ...], _opened: Study) -> Read:  # noqa: ARG001
    return Read(_opened)
