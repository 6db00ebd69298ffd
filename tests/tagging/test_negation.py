"""What negates a passage, and what becomes of it then."""

import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatims import nlp
from verbatims.codebook.terms import term
from verbatims.frames import ANSWERED, TAGS
from verbatims.model import DROP, KEEP, Codebook, Theme, ThemeStatus
from verbatims.tagging import lexicon

# Cases that the rules were written with, and cases written afterwards, that no rule has seen.
GOLD, UNSEEN = (
    json.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    for name in ("negations.json", "negations_unseen.json")
)


def theme(theme_id, *written, negation=KEEP, status=ThemeStatus.ACTIVE):
    terms = tuple(term(each, 0) for each in written)
    return Theme(theme_id, theme_id, terms=terms, negation=negation, status=status)


# Turns that the gold list does not have: sign, word and text.
OWN = """
+ | coordination | Il manque une vraie coordination entre les acteurs
- | acteurs | Il manque une vraie coordination entre les acteurs
+ | reconnaissance | Manque de temps, de moyens, de reconnaissance
+ | visibilité | manque de coordination et visibilité
+ | moyens | moyens humains et financiers insuffisants
- | élus | Le soutien des élus est insuffisant
- | projets | le manque de coordination pénalise les projets
- | projets | sans accompagnement les projets échouent
- | moyens | on n'a que des moyens ponctuels
- | moyens | moins de moyens qu'avant
- | coordination | de plus en plus de coordination
- | élus | les élus non plus
+ | moyens | on n'a pas le temps et les moyens
- | élus | on n'a pas le temps et les élus sont loin
+ | travailler ensemble | On n'arrive pas à travailler ensemble
+ | entreprises | on ne travaille pas avec les entreprises
- | entreprises | pas de moyens pour les entreprises
+ | soutenue | aucune association n'est soutenue
+ | coordonne | personne ne coordonne
- | idées | ce ne sont pas les idées qui manquent
+ | moyens | ce sont les moyens qui manquent
+ | moyens | les moyens ne suffisent pas
+ | concertation | la concertation n'a pas eu lieu
+ | transport | manque de moyens de transport
- | coordination | pas de problème de coordination
- | salle | un pas vers une salle commune
- | solution | la solution à petits pas
+ | moyens | qui a peu de moyens
+ | connus | peu ou pas connus
+ | consultés | sans que les habitants soient consultés
- | habitants | sans que les habitants soient consultés
+ | consulter | décider sans consulter les habitants
- | confiance | On ne saurait travailler sans confiance
- | coordination | on ne peut pas faire sans coordination
+ | bénévoles | en panne de bénévoles
+ | accessibles | des services loin d'être accessibles
+ | solutions | on a pas mis en place de solutions
- | dialogue | il ne faut pas rompre le dialogue
- | bonne volonté | Ce n'est pas faute de bonne volonté
+ | suivi | faute d'un suivi régulier
- | élus | c'est la faute des élus
- | système | les défauts du système
- | prêt | un prêt à taux 0
+ | budget | budget = 0
- | réunions | ni plus ni moins de réunions
+ | coordination | pas de lien entre les acteurs et de coordination
+ | moyens | y a pa de moyens
+ | interlocuteur | Il nous faudrait un interlocuteur, nous n'en avons pas
- | argent | plus que l'argent, c'est le temps qui manque
- | appui | On n'a jamais eu autant d'appui
- | qualité | un enseignement privé de qualité
- | coordination | La coordination, ce n'est pas simple
+ | coordination | La coordination reste absente dans nos projets.
+ | élues | Les élues sont souvent absentes.
+ | aides | Les aides s'avèrent insuffisantes.
+ | communication | La communication entre services se révèle inexistante.
+ | concertation | La concertation, pourtant promise par la mairie, est inexistante.
+ | soutien | Le soutien que nous apporte la région est insuffisant.
- | région | Le soutien que nous apporte la région est insuffisant.
+ | subventions | Les subventions qui nous sont versées chaque année sont insuffisantes.
- | coopération | La coopération est réelle, le budget, lui, est insuffisant.
+ | budget | La coopération est réelle, le budget, lui, est insuffisant.
+ | moyens | Les moyens, c'est insuffisant.
- | moyens | Avec des moyens, la démarche, longtemps absente, avance.
- | coordination | Les entreprises sont absentes de la coordination.
+ | entreprises | Les entreprises sont absentes de la coordination.
- | formation | manque de temps / formation à prévoir
+ | temps | manque de temps / formation à prévoir
- | entraide | pas de local/entraide forte
+ | moyens | pas de temps/moyens
+ | train | pas de bus et/ou train
- | réseau | réseau: bon / élus: absents
+ | élus | réseau: bon / élus: absents
+ | élus | Faute de pouvoir rencontrer les élus, on attend.
+ | consulté | Faute d'avoir consulté les habitants, le projet a échoué.
- | projet | Faute d'avoir consulté les habitants, le projet a échoué.
+ | locaux | à défaut d'avoir des locaux
- | élus | Ce n'est pas faute d'avoir alerté les élus.
- | référent | N'y a-t-il pas un référent dans chaque mairie ?
+ | salle | Pourquoi n'a-t-on pas de salle ?
+ | soutenus | Pourquoi ne sommes-nous pas soutenus ?
- | réseau | Ne pourrait-on pas créer un réseau ?
- | réseau | Pourquoi ne pourrait-on pas créer un réseau ?
+ | relais | N'avons-nous donc pas de relais ?
- | bénévoles | Aucun projet ne tient sans bénévoles.
- | échanges | Il ne se passe pas une journée sans échanges entre nous.
- | animateur | Pas de réseau sans animateur.
+ | moyens | Aucun soutien de la mairie et on avance sans moyens.
+ | accompagnement | Les projets n'aboutissent pas car ils sont menés sans accompagnement.
- | équipe | Sans cette équipe, nous n'aurions jamais abouti.
+ | moyens | Il n'est pas facile d'agir : nous sommes sans moyens.
+ | coordination | Il faut lutter contre le manque de coordination.
+ | information | Pallier le manque d'information.
- | conflits | Cela permet d'éviter l'absence de dialogue et les conflits.
- | dialogue | Cela permet d'éviter l'absence de dialogue et les conflits.
+ | coordination | On n'a pas su éviter le manque de coordination
+ | méthode | La méthode, non.
+ | élus | Les associations oui, les élus non.
- | associations | Les associations oui, les élus non.
+ | subventions | Des subventions non, du temps oui.
- | temps | Des subventions non, du temps oui.
- | méthode | La méthode, c'est simple, non ?
- | aide | Ils ont dit non, mais l'aide est venue.
+ | lieu | Nulle part il n'existe de lieu pour se retrouver.
+ | salle | On ne trouve nulle part de salle.
+ | ressource | Cette ressource n'est disponible nulle part.
+ | dispositif | Ce dispositif n'existe nulle part.
- | information | Cette information, qui ne vient de nulle part, est utile.
+ | temps | À aucun moment on n'a eu le temps.
+ | écoutés | En aucun cas nous n'avons été écoutés.
+ | comité | Le comité n'a jamais été créé.
+ | subvention | La subvention promise n'est toujours pas arrivée.
+ | réseau | Le réseau n'a pas pu être créé.
+ | aides | Les aides annoncées ne sont pas encore versées.
- | élus | Les élus n'ont pas mis en place le dispositif.
+ | dispositif | Les élus n'ont pas mis en place le dispositif.
- | loi | La loi n'a pas été votée.
- | comité | Le comité n'a pas été consulté.
- | réseau | Le réseau n'a pas été mis en danger.
- | projet | Le projet n'est pas arrivé à son terme.
- | élus | L'aide que les élus avaient promise n'est jamais venue.
+ | aide | L'aide que les élus avaient promise n'est jamais venue.
+ | information | L'information, elle, n'arrive pas.
+ | lien | Le lien ne se fait pas entre nous.
+ | dispositif | Le dispositif n'est pas encore en place.
+ | élus | Les élus ne sont pas au rendez-vous.
+ | moyens | Les moyens, on ne les a pas.
+ | moyens | Les moyens dont nous avons besoin ne suivent pas.
+ | soutien | Notre soutien institutionnel brille, hélas, par son absence.
+ | aide | L'aide promise par le département fait toujours défaut.
+ | moyens | Les moyens que l'on nous avait promis manquent toujours.
+ | temps | Le temps, comme souvent, manque.
+ | temps | Le temps pour rencontrer les habitants manque.
+ | crédits | Les crédits prévus pour cette action manquent.
+ | moyens | des moyens qui sont insuffisants
- | élus | Les élus que je rencontre trouvent les moyens insuffisants.
+ | moyens | Les élus que je rencontre trouvent les moyens insuffisants.
- | élus | Pour les élus, c'est insuffisant.
- | voisins | Il s'absente et les voisins aident.
- | associations | Les associations qui vivent ici disent que le soutien est insuffisant.
+ | soutien | Les associations qui vivent ici disent que le soutien est insuffisant.
+ | concertation | La concertation, malgré les annonces, n'a pas eu lieu.
+ | crédits | Les crédits, pourtant inscrits au budget, n'ont pas été débloqués.
- | budget | Les crédits, pourtant inscrits au budget, n'ont pas été débloqués.
+ | aide | L'aide est utile mais insuffisante.
+ | moyens | Des moyens oui, mais insuffisants.
+ | soutien | un soutien, certes réel, mais insuffisant
+ | liens | Les liens avec l'université restent à ce jour inexistants.
+ | aide | L'aide est tardive et insuffisante.
+ | pilotage | Le pilotage est défaillant voire inexistant.
+ | suivi | Le suivi est faible, voire inexistant.
- | maison | La maison des associations n'a pas été inaugurée par le maire mais par le préfet.
- | lien | On n'a pas coupé le lien.
"""


def own_cases():
    rows = [line.split(" | ") for line in OWN.strip().splitlines()]
    return [{"text": text, "word": word, "negated": sign == "+"} for sign, word, text in rows]


CASES = [*GOLD, *UNSEEN, *own_cases()]

# -- what becomes of it ------------------------------------------------------------------

NO_MEANS = "Nous n'/ne/ADV+avons/avoir/VERB pas/pas/ADV de/de/ADP moyens/moyen/NOUN"


@pytest.fixture(scope="session")
def tagged(read):
    """(theme, rule, evidence) of the tags of an answer, checked against its text."""

    def tag(answer, *themes):
        lemmas, texts = read(answer)
        tags = lexicon.tag(lemmas, Codebook(themes))
        pd.testing.assert_frame_equal(tags, TAGS.check(tags))
        for each in tags.itertuples():
            assert texts["v1"][each.start : each.end] == each.evidence
        return list(tags[["theme", "rule", "evidence"]].itertuples(index=False, name=None))

    return tag


def test_a_theme_that_keeps_negation_is_tagged_all_the_same(tagged):
    assert tagged(NO_MEANS, theme("moyens", "moyens")) == [("moyens", "moyens", "moyens")]


def test_a_theme_that_drops_negation_is_not_tagged(tagged):
    assert tagged(NO_MEANS, theme("moyens", "moyens", negation=DROP)) == []


def test_what_is_negated_may_speak_for_another_theme_with_its_cue(tagged):
    themes = theme("moyens", "moyens", negation="manque"), theme("manque", "pénurie")
    assert tagged(NO_MEANS, *themes) == [("manque", "moyens (nié)", "n'avons pas de moyens")]
    assert tagged("les moyens/moyen/NOUN manquent/manquer/VERB", *themes) == [
        ("manque", "moyens (nié)", "moyens manquent")
    ]
    assert tagged("des moyens/moyen/NOUN", *themes) == [("moyens", "moyens", "moyens")]


def test_a_mention_that_is_not_negated_stays_beside_one_that_is(tagged):
    answer = f"{NO_MEANS} , mais/mais/CCONJ des/un/DET moyens/moyen/NOUN"
    assert len(tagged(answer, theme("moyens", "moyens"))) == 2
    assert len(tagged(answer, theme("moyens", "moyens", negation=DROP))) == 1


def test_what_two_themes_send_to_a_third_is_tagged_once(tagged):
    themes = (
        theme("moyens", "moyens", negation="manque"),
        theme("argent", "moyen", negation="manque"),
        theme("manque", "manque"),
    )
    assert tagged("sans/sans/ADP moyens/moyen/NOUN", *themes) == [
        ("manque", "moyens (nié)", "sans moyens")
    ]


def test_the_other_themes_own_term_is_named_first(tagged):
    themes = theme("moyens", "moyens", negation="manque"), theme("manque", "sans moyens")
    assert tagged("sans/sans/ADP moyens/moyen/NOUN", *themes) == [
        ("manque", "sans moyens", "sans moyens")
    ]


def test_a_negated_mention_of_another_theme_stays_negated_once(tagged):
    """It is not sent on from there."""
    themes = (
        theme("moyens", "moyens", negation="manque"),
        theme("manque", "pénurie", negation="moyens"),
    )
    assert tagged("sans/sans/ADP moyens/moyen/NOUN", *themes) == [
        ("manque", "moyens (nié)", "sans moyens")
    ]


@pytest.mark.parametrize("others", [(), (theme("manque", status=ThemeStatus.RETIRED),)])
def test_what_is_sent_to_no_theme_in_force_is_dropped(tagged, others):
    assert tagged(NO_MEANS, theme("moyens", "moyens", negation="manque"), *others) == []


def test_retired_themes_are_not_tagged(tagged):
    retired = theme("moyens", "moyens", status=ThemeStatus.RETIRED)
    assert tagged("des moyens/moyen/NOUN", retired) == []


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("pas de moyens", NO_MEANS),
        ("manque de moyens", "un manque/manque/NOUN de/de/ADP moyens/moyen/NOUN"),
        ("sans … moyens", "sans/sans/ADP les/le/DET moyens/moyen/NOUN"),
        ("moyens … manquer", "les moyens/moyen/NOUN nous/nous/PRON manquent/manquer/VERB"),
    ],
)
def test_a_term_that_holds_the_cue_is_not_negated_by_it(read, written, answer):
    lemmas, _ = read(answer)
    alone = Codebook((theme("moyens", "moyens", negation=DROP),))
    holding = Codebook((theme("manque", written, negation=DROP),))
    assert lexicon.tag(lemmas, alone).empty
    assert list(lexicon.tag(lemmas, holding)["rule"]) == [written]


def test_a_cue_between_two_sides_negates_them(read):
    lemmas, texts = read(
        "les services/service/NOUN ne/ne/ADV sont/être/AUX pas/pas/ADV reliés/relier/VERB"
    )
    themes = theme("lien", "services … reliés", negation="manque"), theme("manque", "pénurie")
    (tag,) = lexicon.tag(lemmas, Codebook(themes)).itertuples()
    assert (tag.theme, tag.evidence) == ("manque", "services ne sont pas reliés")
    assert texts["v1"][tag.start : tag.end] == tag.evidence


def test_the_words_of_a_label_are_negated_too(tagged):
    moyens = Theme("moyens", "Moyens", negation="manque")
    assert tagged(NO_MEANS, moyens, theme("manque", "pénurie")) == [
        ("manque", "libellé : Moyens (nié)", "n'avons pas de moyens")
    ]


# -- what is negated ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def passages(tmp_path_factory):
    """How many passages of a word a text has, by what its theme does of negated ones."""
    texts = list(dict.fromkeys(case["text"] for case in CASES))
    verbatims = pd.DataFrame({"verbatim_id": texts, "text": texts}).assign(
        respondent_id="r", question="q", status=ANSWERED
    )
    lemmas = nlp.lemmas(verbatims, tmp_path_factory.mktemp("cache"))
    words = dict.fromkeys(case["word"] for case in CASES)

    def count(negation):
        themes = tuple(theme(word, word, negation=negation) for word in words)
        return lexicon.tag(lemmas, Codebook(themes)).groupby(["verbatim_id", "theme"]).size()

    return {negation: count(negation) for negation in (KEEP, DROP)}


def is_read_well(passages, case):
    key = case["text"], case["word"]
    kept, left = passages[KEEP][key], passages[DROP].get(key, 0)
    return (left < kept) == case["negated"]


def test_there_are_enough_cases_of_both_kinds():
    negated = sum(case["negated"] for case in GOLD)
    assert len(GOLD) >= 300
    assert min(negated, len(GOLD) - negated) >= 120


@pytest.mark.model
@pytest.mark.parametrize(
    ("cases", "errors"), [(GOLD, 0.05), (UNSEEN, 0.10)], ids=["seen", "unseen"]
)
def test_french_negation_is_read_as_a_reader_would(passages, cases, errors):
    wrong = [case for case in cases if not is_read_well(passages, case)]
    listed = "\n".join(f"{case['word']} | {case['text']} ({case['why']})" for case in wrong)
    assert len(wrong) <= errors * len(cases), listed


@pytest.mark.model
@pytest.mark.parametrize("case", own_cases(), ids=lambda case: f"{case['word']} | {case['text']}")
def test_its_turns_are_read_one_by_one(passages, case):
    assert is_read_well(passages, case)


# -- always ------------------------------------------------------------------------------

WORDS = """pas/pas/ADV n'/ne/ADV+est/être/AUX plus/plus/ADV sans/sans/ADP ni/ni/CCONJ de/de/ADP
    et/et/CCONJ les/le/DET moyens/moyen/NOUN visible/visible/ADJ manque/manquer/VERB qui/qui/PRON
    absent/absent/ADJ peu/peu/ADV rien/rien/PRON , . : ( y/y/PRON a/avoir/VERB défaut/défaut/NOUN
    coordonné/coordonner/VERB faire/faire/VERB aucun/aucun/DET non/non/ADV ce/ce/PRON du/du/DET
    jamais/jamais/ADV nulle/nul/ADJ part/part/NOUN / mais/mais/CCONJ dont/dont/PRON être/être/AUX
    éviter/éviter/VERB faute/faute/NOUN par/par/ADP absence/absence/NOUN"""


@given(answer=st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=14).map(" ".join))
def test_dropping_only_takes_away_and_sending_only_moves(read, answer):
    lemmas, _ = read(answer)
    words = "moyens", "visible", "coordonné"

    def tags(negation):
        themes = theme("t", *words, negation=negation), theme("autre", "licorne")
        return lexicon.tag(lemmas, Codebook(themes))

    kept, left, moved = tags(KEEP), tags(DROP), tags("autre")
    assert set(left["start"]) <= set(kept["start"])
    pd.testing.assert_frame_equal(
        moved[moved["theme"] == "t"].reset_index(drop=True), left, check_dtype=False
    )
    assert (moved["theme"] == "autre").any() == (len(left) < len(kept))
