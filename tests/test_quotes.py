import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from verbatims import quotes
from verbatims.frames import ANSWERED, CODINGS, EMPTY, HUMAN, LEMMAS, MACHINE, VERBATIMS

THEME = "reseaux"
USUAL = "les réseaux d'entreprises portent la coordination du territoire"


def corpus(*answers, status=ANSWERED):
    """VERBATIMS and LEMMAS from (respondent, text); every word is a noun, its own lemma."""
    rows = [(f"{who}:q{n}", who, "q", text, status) for n, (who, text) in enumerate(answers)]
    verbatims = VERBATIMS.check(pd.DataFrame(rows, columns=list(VERBATIMS.columns)))
    words = [
        (verbatim_id, position, word, word.lower(), "NOUN", 0, len(word), "")
        for verbatim_id, text in zip(verbatims["verbatim_id"], verbatims["text"], strict=True)
        for position, word in enumerate(text.split())
    ]
    return verbatims, LEMMAS.check(pd.DataFrame(words, columns=list(LEMMAS.columns)))


def coded(verbatims, *, theme=THEME, present=True, source=HUMAN):
    return CODINGS.check(
        verbatims[["verbatim_id"]].assign(theme=theme, present=present, source=source)
    )


def ranked(*answers, **options):
    verbatims, lemmas = corpus(*answers)
    return quotes.rank(verbatims, coded(verbatims), lemmas, THEME, **options)


def test_answers_close_to_the_others_come_first():
    proposed = ranked(
        ("a", "la météo change souvent par ici et personne ne sait"),
        ("b", "réseaux et clubs animés par des entreprises du territoire"),
        ("c", "clubs et réseaux ouverts aux entreprises partout"),
        ("d", "entreprises engagées dans des réseaux locaux et clubs"),
    )
    assert {quote.respondent_id for quote in proposed[:3]} == {"b", "c", "d"}
    assert proposed[3].respondent_id == "a"
    assert proposed[3].reason == "éloignée des autres réponses du thème ; 10 mots"


def test_the_reason_counts_the_near_answers_and_the_words():
    proposed = ranked(
        ("a", "réseaux entreprises territoire clubs animation"),
        ("b", "réseaux entreprises territoire clubs coordination"),
        ("c", "réseaux entreprises territoire clubs évaluation"),
    )
    assert {quote.reason for quote in proposed} == {"proche de 2 autres réponses du thème ; 5 mots"}


def test_answers_of_6_to_40_words_are_preferred_to_shorter_and_longer_ones():
    proposed = ranked(
        ("court", "réseaux entreprises clubs"),
        ("long", "réseaux entreprises clubs coordination évaluation " * 10),
        ("moyen", "réseaux entreprises et clubs territoire animation"),
    )
    assert proposed[0].respondent_id == "moyen"


def test_a_respondent_is_quoted_once():
    proposed = ranked(
        ("a", "réseaux entreprises animés par des clubs"),
        ("a", "clubs et réseaux ouverts aux entreprises"),
        ("b", "entreprises en réseaux dans le territoire"),
    )
    assert sorted(quote.respondent_id for quote in proposed) == ["a", "b"]


def test_an_answer_said_again_is_not_repeated_but_counted():
    proposed = ranked(
        ("a", USUAL), ("b", USUAL), ("c", USUAL.upper()), ("d", "tout autre chose sans rapport")
    )
    assert [quote.verbatim_id for quote in proposed] == ["a:q0", "d:q3"]
    assert proposed[0].reason == (
        "proche de 2 autres réponses du thème, dont 2 presque identiques ; 8 mots"
    )


def test_answers_without_content_words_are_kept_and_not_repeated():
    verbatims, lemmas = corpus(("a", "Oui !"), ("b", "oui !"), ("c", "?"))
    proposed = quotes.rank(verbatims, coded(verbatims), lemmas.iloc[:0], THEME)
    assert [(quote.text, quote.score) for quote in proposed] == [("Oui !", 0.0), ("?", 0.0)]


def test_answers_read_by_a_coder_come_before_suggestions_which_say_so():
    verbatims, lemmas = corpus(("a", USUAL), ("b", USUAL + " ensemble"), ("c", "rien à voir"))
    codings = pd.concat(
        [coded(verbatims.iloc[:2], source=MACHINE), coded(verbatims.iloc[2:], source=HUMAN)]
    )
    proposed = quotes.rank(verbatims, codings, lemmas, THEME)
    assert proposed[0].respondent_id == "c"
    assert "suggestion non relue" not in proposed[0].reason
    assert all(quote.reason.endswith(" ; suggestion non relue") for quote in proposed[1:])


def test_only_answers_in_which_the_theme_is_present_are_proposed():
    verbatims, lemmas = corpus(("a", USUAL), ("b", "réseaux"), ("c", "clubs"))
    codings = pd.concat(
        [
            coded(verbatims.iloc[:1]),
            coded(verbatims.iloc[1:2], present=False),
            coded(verbatims.iloc[2:], theme="autre"),
        ]
    )
    (quote,) = quotes.rank(verbatims, codings, lemmas, THEME)
    assert quote.respondent_id == "a"
    assert quotes.rank(verbatims, codings, lemmas, "inconnu") == []


def test_empty_answers_are_never_proposed():
    verbatims, lemmas = corpus(("a", "RAS"), status=EMPTY)
    assert quotes.rank(verbatims, coded(verbatims), lemmas, THEME) == []


def test_a_quote_lists_all_its_themes_and_keeps_the_original_text():
    verbatims, lemmas = corpus(("a", "  Réseaux ;\n d’ENTREPRISES "))
    codings = pd.concat([coded(verbatims), coded(verbatims, theme="autre")])
    (quote,) = quotes.rank(verbatims, codings, lemmas, THEME)
    assert quote.themes == ("autre", "reseaux")
    assert quote.text == "  Réseaux ;\n d’ENTREPRISES "


def many(count):
    """As many answers, each with a word of its own among words of all."""
    return [
        (f"r{n:03}", f"réseaux entreprises clubs territoire a{n} b{n} c{n}") for n in range(count)
    ]


def test_under_60_answers_all_are_shown_and_from_60_as_many_as_asked():
    assert len(ranked(*many(59), limit=10)) == 59
    assert len(ranked(*many(60), limit=10)) == 10


def test_ties_are_broken_by_id_and_the_order_of_rows_does_not_count():
    verbatims, lemmas = corpus(*many(12))
    proposed = quotes.rank(verbatims, coded(verbatims), lemmas, THEME)
    assert [quote.respondent_id for quote in proposed] == sorted(who for who, _ in many(12))
    backwards = verbatims.iloc[::-1].reset_index(drop=True)
    assert quotes.rank(backwards, coded(backwards), lemmas, THEME) == proposed


def test_the_given_frames_are_left_as_they_were():
    verbatims, lemmas = corpus(*many(3))
    codings = coded(verbatims)
    frames = (verbatims, codings, lemmas)
    before = [frame.copy(deep=True) for frame in frames]
    quotes.rank(verbatims, codings, lemmas, THEME)
    for frame, copy in zip(frames, before, strict=True):
        assert_frame_equal(frame, copy)


@pytest.mark.parametrize(("count", "words"), [(1, "1 mot"), (2, "2 mots")])
def test_words_are_counted_in_french(count, words):
    (quote,) = ranked(("a", " ".join(["réseaux"] * count) + " !"))
    assert quote.reason == f"éloignée des autres réponses du thème ; {words}"
