import pytest

from verbatims.codebook.terms import term
from verbatims.frames import LEMMAS
from verbatims.model import Codebook, Theme, ThemeStatus
from verbatims.tagging import lexicon


@pytest.fixture(scope="session")
def told(read):
    """(term, kind, n, message) of the warnings about the terms of one theme."""

    def tell(answers, *written):
        lemmas, _ = read(*answers)
        terms = tuple(term(each, line) for line, each in enumerate(written, start=5))
        found = lexicon.warnings(lemmas, Codebook((Theme("t", "T", terms=terms),)))
        return list(found[["term", "kind", "n", "message"]].itertuples(index=False, name=None))

    return tell


def test_a_term_that_finds_nothing_is_told(told):
    assert told(["un réseau"], "réseau", "licorne") == [
        (
            "licorne",
            "nothing",
            0,
            "« licorne » ne trouve rien ; vérifiez son orthographe, ou effacez-le.",
        )
    ]


def test_a_term_always_inside_another_is_told_with_the_other(told):
    answers = ["réseau d'/de+entreprises/entreprise", "le réseau des/de entreprises/entreprise"]
    assert told(answers, "réseau", "réseau d'entreprises") == [
        (
            "réseau",
            "shadowed",
            2,
            "« réseau » n'apporte rien : « réseau d'entreprises » couvre déjà tout ce qu'il trouve "
            "(2 passages) ; vous pouvez l'effacer.",
        )
    ]


def test_a_term_that_finds_something_more_is_not_told(told):
    answers = ["réseau d'/de+entreprises/entreprise", "un réseau d'/de+élus/élu"]
    assert told(answers, "réseau", "réseau d'entreprises") == []


def test_of_two_terms_that_find_the_same_the_later_is_told(told):
    ((found, kind, _, message),) = told(["mutualiser"], "mutualiser", "mutualis*")
    assert (found, kind) == ("mutualis*", "shadowed")
    assert "« mutualiser » couvre déjà tout ce qu'il trouve (1 passage)" in message


def test_the_same_word_in_two_themes_shadows_nothing(read):
    lemmas, _ = read("un réseau")
    themes = (Theme(name, name, terms=(term("réseau", 1),)) for name in "ab")
    assert lexicon.warnings(lemmas, Codebook(tuple(themes))).empty


def test_a_term_of_nearly_every_answer_is_told_from_twenty_answers_on(told):
    answers = ["le territoire"] * 12 + ["autre chose"] * 8
    assert told(answers, "territoire") == [
        (
            "territoire",
            "everything",
            12,
            "« territoire » est dans 12 réponses sur 20 : il ne distingue rien ; précisez-le, ou "
            "effacez-le.",
        )
    ]
    assert told(answers[:-1], "territoire") == []
    assert told(["autre", *answers[1:]], "territoire") == []


def test_words_of_a_label_are_told_as_the_tags_name_them(read):
    lemmas, _ = read("un réseau")
    found = lexicon.warnings(lemmas, Codebook((Theme("t", "Réseau licorne", line=3),)))
    assert list(found["term"]) == ["libellé : licorne"]


def test_retired_themes_and_no_answers_give_no_warning(read):
    lemmas, _ = read("un réseau")
    retired = Theme("t", "T", status=ThemeStatus.RETIRED, terms=(term("licorne", 1),))
    assert lexicon.warnings(lemmas, Codebook((retired,))).empty
    empty = lexicon.warnings(LEMMAS.empty(), Codebook((Theme("t", "T"),)))
    assert list(empty.columns) == ["theme", "term", "line", "kind", "n", "message"]


def test_lines_lead_back_to_the_file(read):
    lemmas, _ = read("un réseau")
    book = Codebook((Theme("t", "T", terms=(term("licorne", 12),)),))
    (row,) = lexicon.warnings(lemmas, book).itertuples()
    assert (row.theme, row.line) == ("t", 12)
