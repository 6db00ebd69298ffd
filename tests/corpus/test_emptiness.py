"""Which open answers say something."""

import pytest

from verbatims.corpus import status


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u00a0\u202f", "\u200b\ufeff"])
def test_no_sign_at_all_is_blank(text: str) -> None:
    assert status(text) == "blank"


@pytest.mark.parametrize(
    "text",
    [
        *("RAS", "ras.", "R.A.S.", "Ras ", "nsp", "NSPP", "néant", "Neant", "rien", "Rien !"),
        *("rien à signaler", "Rien à ajouter", "rien de plus", "rien de particulier", "aucun"),
        *("Aucune", "rien de spécifique", "Pas d'avis", "pas d’avis", "Sans réponse", "sans avis"),
        *("Pas de commentaire", "Pas de commentaires particuliers", "?", "???", "...", "…", "-"),
        *("/", "x", "XXX", "n/a", "NA", "je ne sais pas", "Ne sais pas", "ne sait pas", "sais pas"),
        *("Je n’en sais rien", "Non", "non merci", "Non concerné", "ne se prononce pas", "NC"),
        *("pas d'idée pour le moment", "Aucune suggestion à formuler", "rien pour l’instant"),
    ],
)
def test_ways_of_saying_nothing_are_empty(text: str) -> None:
    assert status(text) == "empty"


@pytest.mark.parametrize(
    "text",
    [
        *("Ras le bol des voitures", "Rien ne bouge", "Aucune piste cyclable", "Pas de moyens"),
        *("Agir", "loi", "Je ne sais pas nager", "Sans voiture", "Coordonner ; agir ensemble"),
        *("Avis partagé", "Non, ça roule !", "12", "👍", "Idées : se rencontrer", "Aucun problème"),
        "Rien à signaler, sinon que la piste du quai est dangereuse et qu'il faut la refaire vite.",
    ],
)
def test_answers_that_say_something_are_answered(text: str) -> None:
    assert status(text) == "answered"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Souhaitez-vous ajouter un commentaire ?", "empty"),
        ("Avez-vous d'autres remarques ?", "empty"),
        ("Qu'attendez-vous des acteurs ?", "empty"),
        ("Que faudrait-il faire selon vous ?", "empty"),
        ("Qu'est-ce que la co-construction vous apporte ?", "empty"),
        ("Est-ce que cela vous aide ?", "answered"),
        ("Êtes-vous favorable à ce projet ? Pourquoi ?", "answered"),
        ("Faut-il une gouvernance partagée ?", "answered"),
        ("Pensez-vous que cela suffise ?", "answered"),
    ],
)
def test_a_bare_no_answers_only_a_yes_or_no_question(question: str, expected: str) -> None:
    assert status("Non", question) == expected
