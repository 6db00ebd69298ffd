"""What changed between two codebooks, in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatims.codebook import parse
from verbatims.codebook.diff import ChangeKind, diff

OLD = """\
themes:
  - {id: coord, label: Coordination, terms: [synergie, coordonner, concert]}
  - {id: valor, label: Valorisation, definition: Faire savoir, terms: [valoriser]}
  - {id: silo, label: Décloisonnement, parent: coord, terms: [silo, "décloisonn*", métier]}
  - {id: moyens, label: Moyens, negation: drop, colour: "#123456"}
  - {id: temps, label: Temps, status: candidate}
"""


def changes(*edits, old=OLD, new=None):
    """The (kind, theme, said) of each change, once pieces of the old text are replaced."""
    text = new or old
    for was, now in edits:
        assert was in text
        text = text.replace(was, now)
    return [(change.kind, change.theme, change.said) for change in diff(parse(old), parse(text))]


def kinds(*edits, **texts):
    return [(kind.value, theme) for kind, theme, _said in changes(*edits, **texts)]


def test_a_codebook_does_not_differ_from_itself_however_it_is_laid_out():
    assert changes() == []
    assert changes((", terms: [valoriser]}", ", terms: ['valoriser']} # !")) == []


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        (
            "[synergie, coordonner, concert]",
            "[synergie, coordonner, agir … ensemble, pilotage]",
            "Coordination : 2 termes ajoutés (« agir … ensemble », « pilotage »),"
            " 1 retiré (« concert »).",
        ),
        ("[valoriser]", "[]", "Valorisation : 1 terme retiré (« valoriser »)."),
        ("label: Moyens", "label: Les moyens", "Les moyens : ce thème s'appelait « Moyens »."),
        (
            "definition: Faire savoir",
            "definition: Dire, examples: [Dire]",
            "Valorisation : changé dans sa description (définition, exemples).",
        ),
        ("parent: coord, ", "", "Décloisonnement : n'est plus sous « Coordination »."),
        ("parent: coord", "parent: temps", "Décloisonnement : placé sous « Temps »."),
        ("negation: drop, ", "", "Moyens : désormais, une mention niée compte comme les autres."),
        (
            "negation: drop",
            "negation: temps",
            "Moyens : désormais, une mention niée compte pour « Temps ».",
        ),
        ("#123456", "#abcdef", "Moyens : couleur #abcdef."),
        (', colour: "#123456"', "", "Moyens : couleur laissée au choix du logiciel."),
        (", status: candidate", "", "Temps : candidat retenu."),
        ("status: candidate", "status: retired", "Temps : retiré ; il n'est plus proposé."),
    ],
)
def test_each_change_of_a_theme_is_one_sentence(was, now, said):
    assert [told for _kind, _theme, told in changes((was, now))] == [said]


def test_themes_come_go_and_come_back():
    retired = OLD.replace("status: candidate", "status: retired")
    assert kinds(("id: temps, label: Temps", "id: lieu, label: Lieu")) == [
        ("added", "lieu"),
        ("removed", "temps"),
    ]
    assert kinds(("status: retired", "status: candidate"), old=retired) == [("restored", "temps")]
    assert changes(("id: temps, label: Temps", "id: lieu, label: Lieu")) == [
        (ChangeKind.ADDED, "lieu", "Lieu : ajouté, comme candidat."),
        (ChangeKind.REMOVED, "temps", "Temps : effacé de la grille."),
    ]


def test_a_theme_that_changes_place_is_said_to_and_not_those_around_it():
    first, coord, *others = OLD.splitlines(keepends=True)
    assert changes(new="".join([first, *others, coord])) == [
        (ChangeKind.MOVED, "coord", "Coordination : déplacé après « Temps »."),
    ]
    assert changes(new="".join([first, others[-1], coord, *others[:-1]])) == [
        (ChangeKind.MOVED, "temps", "Temps : déplacé en tête."),
    ]


def test_an_id_that_changes_is_the_same_theme_and_so_is_its_parent():
    changed = (
        ("id: coord, label: Coordination", "id: coordination, label: Pilotage, replaces: [coord]"),
        ("parent: coord", "parent: coordination"),
    )
    assert [said for _kind, _theme, said in changes(*changed)] == [
        "Pilotage : l'identifiant « coord » devient « coordination ».",
        "Pilotage : ce thème s'appelait « Coordination ».",
    ]


def test_a_merge_is_told_by_the_theme_that_stays():
    merged = (
        ("label: Valorisation", "label: Valorisation, replaces: [moyens, temps]"),
        ("label: Moyens", "label: Moyens, status: retired"),
        ("status: candidate", "status: retired"),
    )
    assert changes(*merged) == [
        (ChangeKind.MERGED, "valor", "Valorisation : réunit désormais « Moyens », « Temps »."),
    ]


def test_a_split_is_told_by_the_theme_that_was():
    split = (
        (
            "- {id: temps, label: Temps, status: candidate}",
            "- {id: delais, label: Délais, replaces: [temps]}\n"
            "  - {id: agenda, label: Agenda, replaces: [temps]}",
        ),
    )
    assert changes(*split) == [
        (ChangeKind.SPLIT, "temps", "Temps : scindé en « Délais », « Agenda »."),
    ]


def test_what_was_said_in_an_earlier_version_is_not_said_again():
    merged = OLD.replace("label: Valorisation", "label: Valorisation, replaces: [vieux]")
    later = (
        ("label: Coordination", "label: Coordination, replaces: [valor]"),
        ("label: Valorisation", "label: Valorisation, status: retired"),
    )
    assert kinds(*later, old=merged) == [("merged", "coord")]


@pytest.mark.parametrize(
    "new", ["id: faire, label: Valorisation", "id: faire, label: Faire valoir"]
)
def test_a_theme_that_seems_to_have_changed_its_id_is_a_doubt_with_advice(new):
    found = changes(("id: valor, label: Valorisation", new))
    assert [kind for kind, _theme, _said in found] == ["added", "removed", "suspect"]
    assert "écrivez « replaces: [valor] » dans « faire »" in found[-1][2]


def test_few_terms_in_common_are_no_doubt():
    new = ("{id: silo, label: Décloisonnement", "{id: mur, label: Murs")
    fewer = ('[silo, "décloisonn*", métier]', "[silo, mur, barrière]")
    assert kinds(new, fewer) == [("added", "mur"), ("removed", "silo")]


def test_a_replaced_id_that_is_named_no_more_is_a_doubt():
    old = OLD.replace("label: Temps", "label: Temps, replaces: [duree]")
    ((kind, theme, said),) = changes((", replaces: [duree]", ""), old=old)
    assert (kind, theme) == ("suspect", "temps")
    assert said.startswith("Temps : ne reprend plus « duree » ; remettez-le dans « replaces »")


THEMES = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        st.sampled_from(["active", "candidate", "retired"]),
        st.lists(st.sampled_from(["un", "deux", "trois"]), unique=True),
    ),
    min_size=1,
    unique_by=lambda theme: theme[0],
)


def book(themes):
    lines = (
        f"- {{id: {id_}, label: {id_}, status: {status}, terms: [{', '.join(terms)}]}}\n"
        for id_, status, terms in themes
    )
    return parse("themes:\n" + "".join(lines))


@given(old=THEMES, new=THEMES)
def test_there_is_a_change_exactly_where_codebooks_differ(old, new):
    same = book(old).hash == book(new).hash
    terms = [{id_: sorted(terms) for id_, _status, terms in themes} for themes in (old, new)]
    found = diff(book(old), book(new))
    assert not found if same else found or terms[0] == terms[1]
    assert {change.theme for change in found} <= {id_ for id_, *_ in (*old, *new)}
