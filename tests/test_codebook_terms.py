import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatims.codebook.terms import alike, fault, term
from verbatims.model import Term, TermKind


def read(written):
    assert fault(written) == ""
    return term(written, 7)


@pytest.mark.parametrize(
    ("written", "kind", "words"),
    [
        ("réseau", TermKind.LEMMA, ("réseau",)),
        ("réseau d'entreprises", TermKind.EXPRESSION, ("réseau", "d'entreprises")),
        ("mutualis*", TermKind.PREFIX, ("mutualis",)),
        ('"en réseau"', TermKind.EXACT, ("en", "réseau")),
        ('"sauf"', TermKind.EXACT, ("sauf",)),
        ('"tous sauf nous … enfin"', TermKind.EXACT, ("tous", "sauf", "nous", "…", "enfin")),
        ("sauf-conduit", TermKind.LEMMA, ("sauf-conduit",)),
        ("1,5 °C", TermKind.EXPRESSION, ("1,5", "°C")),
    ],
)
def test_a_simple_term_is_its_words(written, kind, words):
    assert read(written) == Term(written, kind, words, 7)


@pytest.mark.parametrize(
    ("written", "window", "ordered"),
    [
        ("accès … soins", 5, True),
        ("accès ... soins", 5, True),
        ("accès…soins", 5, True),
        ("accès …3 soins", 3, True),
        ("accès ...3 soins", 3, True),
        ("accès …30 soins", 30, True),
        ("accès <…> soins", 5, False),
        ("accès <...3> soins", 3, False),
        ("accès < … 3 > soins", 3, False),
    ],
)
def test_two_sides_stand_at_a_distance(written, window, ordered):
    read_as = read(written)
    assert (read_as.kind, read_as.window, read_as.ordered) == (TermKind.NEAR, window, ordered)
    assert [side.written for side in read_as.sides] == ["accès", "soins"]
    assert read_as.words == ("accès", "soins")


def test_each_side_is_a_word_an_expression_a_prefix_or_an_exact_form():
    kinds = [side.kind for side in read('"en réseau" … mutualis*').sides]
    assert kinds == [TermKind.EXACT, TermKind.PREFIX]
    kinds = [side.kind for side in read("mise en réseau <…> élu").sides]
    assert kinds == [TermKind.EXPRESSION, TermKind.LEMMA]


def test_a_number_after_a_space_is_a_word():
    assert [side.written for side in read("délai … 3 jours").sides] == ["délai", "3 jours"]


@pytest.mark.parametrize(
    ("written", "main", "unless"),
    [
        ("réseau sauf social", "réseau", ["social"]),
        ("moyens Sauf moyens de transport", "moyens", ["moyens de transport"]),
        ('réseau sauf social, routi*, "gaz"', "réseau", ["social", "routi*", '"gaz"']),
        ("degré sauf 1,5", "degré", ["1,5"]),
        ('bus sauf "train, tram"', "bus", ['"train, tram"']),
    ],
)
def test_exceptions_are_terms_too(written, main, unless):
    read_as = read(written)
    assert read_as.written == written
    assert read_as.words == tuple(main.split())
    assert [other.written for other in read_as.unless] == unless


def test_both_may_be_at_a_distance():
    read_as = read("accès … soins sauf accès … eau")
    assert (read_as.kind, read_as.unless[0].kind) == (TermKind.NEAR, TermKind.NEAR)


@pytest.mark.parametrize(
    ("written", "clue"),
    [
        ("", "terme vide"),
        ("…", "ni lettre ni chiffre"),
        ("sauf", "rien avant « sauf »"),
        ("sauf social", "'\"sauf\"' pour chercher ce mot"),
        ("réseau sauf", "manque un mot après « sauf »"),
        ("réseau sauf ,", "manque un mot après « sauf »"),
        ("réseau sauf social,", "ou une virgule"),
        ("réseau sauf social,, routier", "ou une virgule"),
        ("réseau sauf social sauf routier", "deux « sauf »"),
        ("réseau sauf Réseau", "ne peut rien trouver"),
        ("… soins", "manque un mot avant ou après « … »"),
        ("accès …", "manque un mot avant ou après « … »"),
        ("etc...", "manque un mot avant ou après « … »"),
        ("accès … soins … ville", "plus d'un « … »"),
        ("accès …0 soins", "de 1 à 30"),
        ("accès …31 soins", "de 1 à 30"),
        ("accès …3soins", "un nombre de mots puis une espace"),
        ("accès <… soins", "chevrons vont ensemble"),
        ("accès …> soins", "chevrons vont ensemble"),
        ('le "réseau" … ville', 'guillemets mal placés dans « le "réseau" »'),
        ('"en réseau … ville', "guillemets mal placés"),
        ("« accès » … soins", "guillemets mal placés dans « « accès » »"),
        ("mutualis* moyens … ville", "l'astérisque se met à la fin d'un mot seul"),
        ("* … ville", "ni lettre ni chiffre"),
        ("réseau sauf so*al", "l'astérisque se met à la fin d'un mot seul"),
    ],
)
def test_a_wrong_term_is_told_with_advice(written, clue):
    assert clue in fault(written)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Réseaux", "reseaux"),
        ("accès … soins", "Accès ...5 soins"),
        ("accès <…> soins", "soins <…> accès"),
        ("réseau sauf social, routier", "réseau sauf routier, social"),
    ],
)
def test_terms_that_find_the_same_are_alike(one, other):
    assert alike(read(one)) == alike(read(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("accès … soins", "soins … accès"),
        ("accès … soins", "accès <…> soins"),
        ("accès … soins", "accès …4 soins"),
        ("accès … soins", "accès soins"),
        ("réseau", "réseau sauf social"),
        ("réseau", '"réseau"'),
        ('"marché"', '"marche"'),
        ('"marché" … bio', '"marche" … bio'),
        ("mutualis*", "mutualis"),
    ],
)
def test_terms_that_find_other_passages_are_not_alike(one, other):
    assert alike(read(one)) != alike(read(other))


PIECES = ["réseau", "a", "sauf", "…", "...", "…3", "<…>", '"', "*", ",", "<", "en réseau", "«", " "]


@given(st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join))
def test_whatever_is_typed_is_a_term_or_a_fault(typed):
    written = " ".join(typed.split())
    if fault(written):
        assert fault(written).endswith(".")
    else:
        assert all(part.words for part in _parts(term(written, 1)))


def _parts(read_as):
    return [read_as, *(part for other in read_as.sides + read_as.unless for part in _parts(other))]
