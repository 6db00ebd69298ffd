"""What the analyst rules about words: the last ruling counts, and each says what it changes."""

import pandas as pd
import pytest

from verbatims import corrections
from verbatims.errors import StudyError
from verbatims.frames import CORRECTIONS, HELD, KEPT, REFUSED, STOP


def log(*rulings: tuple[str, ...]) -> pd.DataFrame:
    """CORRECTIONS from (kind, form, value, pos)."""
    rows = [
        {"number": number, "kind": kind, "form": form, "value": value, "pos": "".join(pos)}
        for number, (kind, form, value, *pos) in enumerate(rulings)
    ]
    blank = {"reason": "", "author": "", "made_at": ""}
    return CORRECTIONS.check(pd.DataFrame([row | blank for row in rows]))


def test_nothing_ruled_corrects_nothing():
    assert corrections.read(CORRECTIONS.empty()) == corrections.NONE


def test_the_last_ruling_on_a_word_counts_whatever_its_case():
    read = corrections.read(log(("repair", "Copil", "copie"), ("repair", "copil", "copil")))
    assert read.repairs == {"copil": "copil"}


def test_accents_part_words_that_are_read_but_not_expressions():
    read = corrections.read(
        log(
            ("repair", "marche", "marché"),
            ("repair", "marché", "marché"),
            ("expression", "Marché public", HELD),
            ("expression", "marche  public", REFUSED),
        )
    )
    assert read.repairs == {"marche": "marché", "marché": "marché"}
    assert read.expressions == ()
    assert read.refused_expressions == ("marche  public",)


def test_a_lemma_may_be_given_for_one_part_of_speech_only():
    rulings = log(("lemma", "partage", "partager", "VERB"), ("lemma", "L’élu", "élu"))
    assert corrections.read(rulings).lemmas == {
        ("partage", "VERB"): "partager",
        ("l'élu", ""): "élu",
    }


def test_a_ruling_taken_back_leaves_the_word_to_the_tool():
    rulings = log(("stop word", "commune", STOP), ("stop word", "Commune", ""))
    assert corrections.read(rulings).stop_words == frozenset()
    assert corrections.standing(rulings).empty


def test_lemmas_hang_on_readings_and_classes_on_groupings():
    spelling = corrections.read(log(("repair", "copil", "copil")))
    grouping = corrections.read(log(("expression", "lien social", HELD), ("stop word", "an", KEPT)))
    assert spelling.reading != corrections.NONE.reading == grouping.reading
    assert grouping.grouping != corrections.NONE.grouping == spelling.grouping


@pytest.mark.parametrize(
    ("ruling", "advice"),
    [
        (("repair", "  ", "mot"), "Dites ce que vous corrigez"),
        (("nothing", "mot", "mot"), "Dites ce que vous corrigez"),
        (("repair", "co construction", "construction"), "ajoutez une expression"),
        (("lemma", "copil", "comité de pilotage"), "ajoutez une expression"),
        (("lemma", "copil", "comité"), "Dites en quelques mots pourquoi"),
        (("expression", "territoire", HELD), "un seul mot"),
        (("expression", "lien social", "oui"), "choisissez parmi held, refused"),
        (("stop word", "commune", "empty"), "choisissez parmi stop, kept"),
        (("repair", "mot", "-"), "n'est pas un mot"),
        (("repair", "\udcff", "mot"), "caractères invisibles ou abîmés"),
    ],
)
def test_a_ruling_that_makes_no_sense_is_refused_with_advice(ruling, advice):
    with pytest.raises(StudyError, match=advice):
        corrections.check(*ruling)


def test_an_unknown_part_of_speech_is_refused():
    with pytest.raises(StudyError, match="Nature inconnue : « NOM »"):
        corrections.check("lemma", "copil", "comité", pos="NOM", reason="sigle")


@pytest.mark.parametrize("form", ["co-construction", "réseau d'entreprises", "lien social"])
def test_an_expression_has_several_words(form):
    corrections.check("expression", form, HELD)


def test_only_a_lemma_is_ruled_for_one_part_of_speech():
    with pytest.raises(StudyError, match="ne se précise que pour un lemme"):
        corrections.check("stop word", "commune", STOP, pos="NOUN")


def test_two_logs_differ_by_what_they_rule_not_by_how_often():
    once, twice = log(("repair", "a1", "b1")), log(("repair", "A1", "c1"), ("repair", "a1", "b1"))
    held = log(("expression", "lien social", HELD))
    refused = log(("expression", "lien social", REFUSED))

    assert corrections.differences(once, twice, corrections.READING) == 0
    assert corrections.differences(once, held, corrections.READING) == 1
    assert corrections.differences(once, held, corrections.GROUPING) == 1
    assert corrections.differences(CORRECTIONS.empty(), refused, corrections.GROUPING) == 0
