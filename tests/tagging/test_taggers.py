"""What every tagger of the registry promises."""

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from verbatims import tagging
from verbatims.errors import VerbatimsError
from verbatims.frames import LEMMAS, TAGS
from verbatims.model import Codebook

ANSWERS = (
    "Coordonner/coordonner ; agir ensemble ; mutualisons/mutualiser les moyens/moyen",
    "Les réseaux/réseau d'/de+entreprises/entreprise et le réseau du territoire",
    "rien",
    "agir ensemble , vraiment ensemble",
)

each_tagger = pytest.mark.parametrize("tagger", tagging.TAGGERS)


@pytest.fixture
def themes(book):
    return book(
        coordination=["coordonner", "agir ensemble", "ensemble", "mutualis*"],
        reseaux=["réseau d'entreprises", "réseau", '"du territoire"'],
        jamais=["licorne"],
        vide=[],
    )


@each_tagger
def test_tags_have_the_declared_columns_types_and_key(tagger, read, themes):
    lemmas, _ = read(*ANSWERS)
    tags = tagging.tag(lemmas, themes, tagger=tagger)
    assert len(tags)
    assert_frame_equal(tags, TAGS.check(tags))
    assert set(tags["tagger"]) == {tagger}


@each_tagger
def test_the_given_frame_is_left_as_it_was(tagger, read, themes):
    lemmas, _ = read(*ANSWERS)
    before = lemmas.copy(deep=True)
    tagging.tag(lemmas, themes, tagger=tagger)
    assert_frame_equal(lemmas, before)


@each_tagger
def test_tags_follow_the_text_then_the_codebook(tagger, read, themes):
    lemmas, _ = read(*ANSWERS)
    tags = tagging.tag(lemmas, themes, tagger=tagger)
    theme_order = [theme.id for theme in themes]
    places = [(t.verbatim_id, t.start, theme_order.index(t.theme)) for t in tags.itertuples()]
    assert places == sorted(places)


@each_tagger
def test_tagging_twice_gives_the_same(tagger, read, themes):
    lemmas, _ = read(*ANSWERS)
    once = tagging.tag(lemmas, themes, tagger=tagger)
    assert_frame_equal(once, tagging.tag(lemmas, themes, tagger=tagger))


@each_tagger
def test_an_answer_is_tagged_the_same_alone_or_among_others(tagger, read, themes):
    lemmas, _ = read(*ANSWERS)
    together = tagging.tag(lemmas, themes, tagger=tagger)
    alone = [
        tagging.tag(rows, themes, tagger=tagger)
        for _, rows in lemmas.groupby("verbatim_id", observed=True)
    ]
    assert_frame_equal(together, pd.concat(alone, ignore_index=True))


@each_tagger
def test_categories_give_the_same_tags_as_plain_strings(tagger, read, themes):
    lemmas, _ = read(*ANSWERS)
    compact = lemmas.astype(dict.fromkeys(["verbatim_id", "form", "lemma", "pos"], "category"))
    assert_frame_equal(
        tagging.tag(lemmas, themes, tagger=tagger), tagging.tag(compact, themes, tagger=tagger)
    )


@each_tagger
def test_spans_cut_the_evidence_out_of_the_original_text(tagger, read, themes):
    lemmas, texts = read(*ANSWERS)
    tags = tagging.tag(lemmas, themes, tagger=tagger)
    cut = [texts[tag.verbatim_id][tag.start : tag.end] for tag in tags.itertuples()]
    assert cut == list(tags["evidence"])


@each_tagger
def test_no_lemmas_or_no_terms_give_no_tags(tagger, read, themes, book):
    lemmas, _ = read(*ANSWERS)
    nothing = TAGS.empty()
    assert_frame_equal(tagging.tag(LEMMAS.empty(), themes, tagger=tagger), nothing)
    assert_frame_equal(tagging.tag(lemmas, Codebook(()), tagger=tagger), nothing)
    assert_frame_equal(tagging.tag(lemmas, book(jamais=["licorne"]), tagger=tagger), nothing)


def test_an_unknown_tagger_is_refused_with_the_names_of_those_that_exist(read, themes):
    lemmas, _ = read(*ANSWERS)
    with pytest.raises(VerbatimsError, match="« magie » inconnue ; choisissez : lexicon"):
        tagging.tag(lemmas, themes, tagger="magie")
