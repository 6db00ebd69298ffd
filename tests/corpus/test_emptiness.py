"""Which open answers say something."""

import time

import pandas as pd
import pytest

from verbatims.corpus.emptiness import empties, status

# Labelled by hand before the rules were written: what people write when they have nothing to say,
# and short answers that look like it. An answer that sends back to another one says nothing that
# can be coded where it stands.
NOTHING = """
    RAS | r.a.s | R A S | Ras. | NSP | nsp | n.s.p. | NSPP | jsp | nc | N.C. | NR | n/a | s/o | so
    | néant | Néant. | vide | null | x | XXXX | - | -- | .. | ??? | ! | ... | rien | Rien ! | rien
    du tout | rien à dire | rien à ajouter | rien d'autre | rien de plus à dire | rien de
    particulier à signaler | rien de spécial | rien en particulier | rien ne me vient | rien ne me
    vient à l'esprit | non rien | rien, merci | pas grand-chose | pas grand chose à dire | RAS
    pour le moment | rien à signaler pour l'instant | aucun | aucune | aucune idée | aucune idée
    précise | Aucune remarque | aucun avis sur la question | je n'ai aucune idée | pas d'idée |
    pas d'idées | pas d'avis | pas d'opinion | pas d'avis particulier | pas d'avis sur le sujet |
    sans avis | sans opinion | sans objet | sans réponse | sans commentaire | pas de commentaire |
    no comment | pas de réponse | je n'ai pas de réponse | je n'ai pas d'idée pour le moment | pas
    d'autres remarques | pas de remarque particulière | je n'ai rien à ajouter | je n'ai rien à
    dire | je ne sais pas | Je sais pas | je sais pas trop | j'sais pas | chais pas | je ne sais
    pas trop | je ne sais pas trop quoi dire | je ne sais pas quoi répondre | je ne sais pas du
    tout | je ne sais pas encore | je ne sais pas vraiment | je n'en sais rien | j'en sais rien |
    je ne vois pas | je n'en vois pas | je ne vois pas trop | ne sait pas | aucune pour l'instant
    | je ne saurais dire | difficile à dire | difficile de répondre | je ne peux pas répondre | je
    ne comprends pas la question | pas compris la question | je n'ai pas compris | bonne question
    | vaste question | ne se prononce pas | je ne me prononce pas | je ne souhaite pas répondre |
    je préfère ne pas répondre | pas envie de répondre | pas concerné | non concernée | je ne suis
    pas concerné | non applicable | pas de suggestion | non | non merci | oui | ok | non pas
    vraiment | oui bien sûr | pas spécialement | peut-être | à voir | merci | euh je ne sais pas |
    je ne sais pas désolé | pas pour l'instant | pas pour le moment | je n'en ai pas | il n'y en a
    pas | idem | Idem. | idem ci-dessus | idem question précédente | voir plus haut | voir
    ci-dessus | cf. réponse précédente | cf question 6 | Cf. Q3 | voir réponse précédente | déjà
    répondu | déjà dit | j'ai déjà répondu | même réponse | même réponse que la précédente | voir
    titre | c'est dans le titre | cf supra | voir infra | voir plus bas | voir mes réponses
    précédentes | qsdfqsdf | azerty | ffff | lkjhlkjh | r
"""
SOMETHING = """
    agir | loi | vélo | le tri | la paix | l'emploi | des sous | les taxer | en changer |
    s'adapter | décroissance | 12 | 100 % | 👍 | bof | bien | très bien | tout va bien | parfait |
    d'accord | tout à fait d'accord | pas d'accord | je suis contre | aucun problème | aucun frein
    | aucune piste cyclable | aucune confiance | aucun moyen | aucun contact avec les élus |
    aucune aide | pas de moyens | pas de temps | pas d'argent | pas le temps | pas assez de bus |
    pas de voiture | pas de réponse des élus | pas de réponse à mes courriers | rien ne change |
    rien ne bouge | rien n'avance | rien de bon | rien n'est fait | rien à notre portée | rien de
    concret | tout | tout revoir | ras le bol | sans voiture | sans emploi | sans abri | sans
    pesticides | les sans papiers | je ne sais pas nager | je ne sais pas à qui m'adresser | on ne
    sait pas où aller | je ne vois pas le bus passer | je ne vois pas d'amélioration | je ne vois
    pas l'intérêt | je n'ai pas de vélo | je n'ai pas confiance | pas de suggestion, mais plus de
    bus | non, ça roule | non au nucléaire | oui au vélo | non c'est trop cher | oui si c'est
    gratuit | avoir une idée commune | avis partagé | des idées neuves | une meilleure information
    | la réponse est européenne | voir loin | voir les autres | voir plus grand | voir du monde |
    voir mes enfants | mieux voir la nuit | la question sociale | répondre aux besoins | les
    propositions citoyennes | revoir la PAC | déjà trop tard | déjà trop de taxes | déjà fait | la
    même chose pour tous | idem pour le gaz | comme avant | être écouté | écouter les gens | RER |
    ISF | SNCF | TER | PLU | CO2 | ESS | taxe | TVA | PMA | RIC | GES | bus | eau | air | prix |
    zéro déchet | non-violence | le oui l'emporte | merci aux bénévoles | merci de refaire la
    route | difficile d'accès | difficile de se garer | question de moyens | bonne idée | bonne
    question, il faut plus de bus | quel problème ? | ne pas polluer | ne rien faire | ne rien
    jeter | se taire | le néant administratif | rien de spécial sauf le bruit | trop de tout |
    encore plus | moins | plus
"""


def answers(listed):
    return [" ".join(answer.split()) for answer in listed.split("|")]


def test_the_labelled_answers_are_told_apart():
    empty, full = answers(NOTHING), answers(SOMETHING)

    assert (len(empty), len(full)) == (151, 127)
    assert [answer for answer in empty if status(answer) != "empty"] == []
    assert [answer for answer in full if status(answer) != "answered"] == []


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


ASKED = "Q12. Quels freins rencontrez-vous ? Précisez (200 caractères)"


@pytest.mark.parametrize(
    "text",
    [
        "Q12. Quels freins rencontrez-vous ? Précisez (200 caractères)",
        "quels freins rencontrez vous ? Précisez",
        "Quels freins rencontrez-vous",
        "QUELS FREINS RENCONTREZ-VOUS ???",
        "12) Quels freins rencontrez-vous ?",
    ],
)
def test_copies_of_the_question_are_empty(text):
    assert status(text, ASKED) == "empty"
    assert status(text, "Que proposez-vous ?") == "answered"


@pytest.mark.parametrize("number", ["Q12. ", "3 - ", "3.a) ", "[Q4] ", "Question 4 : ", "12bis. "])
def test_the_number_of_the_question_makes_no_difference(number):
    assert status("Quels sont vos besoins ?", f"{number}Quels sont vos besoins ?") == "empty"
    assert status(f"{number}Quels sont vos besoins ?", "Quels sont vos besoins ?") == "empty"


def test_an_answer_with_words_of_the_question_is_no_copy():
    assert status("Les freins : le prix", ASKED) == "answered"
    assert status("Transports", "Transports. Que faut-il changer ?") == "answered"
    assert status("Rencontrez-vous", ASKED) == "answered"


def test_a_long_question_may_be_copied_too():
    question = "Selon vous, " + "que faudrait-il changer dans votre commune, " * 5 + "et pourquoi ?"

    assert status(question.upper(), question) == "empty"
    assert status(question + " Des bus plus fréquents, surtout le soir.", question) == "answered"


@pytest.mark.parametrize(
    "text", ["rien " * 16, "voir la la " * 7, "n a " * 20, "idem la " * 9 + "z"]
)
def test_no_answer_takes_long_to_read(text):
    started = time.process_time()
    for _ in range(10):
        status(text[:80])

    assert time.process_time() - started < 0.5


def test_what_was_taken_as_empty_is_told_with_its_most_frequent_spelling():
    texts = ["RAS", "ras.", "RAS", "nsp", "Rien à dire", "?", "?", "...", "", "agir"]
    verbatims = pd.DataFrame({"text": texts, "status": [status(text) for text in texts]})

    assert empties(verbatims).to_dict("list") == {
        "answer": ["RAS", "?", "...", "Rien à dire", "nsp"],
        "n": [3, 2, 1, 1, 1],
    }
    assert empties(verbatims.head(0)).columns.tolist() == ["answer", "n"]
