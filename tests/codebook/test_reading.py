"""codebook.yaml as it is read: what it says, and each fault at its line and column."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatims import codebook
from verbatims.codebook import parse
from verbatims.errors import CodebookError, VerbatimsError
from verbatims.model import DROP, KEEP, Term, TermKind, ThemeStatus

PROJECT = Path(__file__).parents[2]

COMPLETE = """\
# La grille de l'étude
title: Co-construction
themes:
  - id: reseaux
    label: Réseaux
    definition: Mobiliser
      les réseaux
    include: [clubs, "chambres : CCI"]
    exclude: [réseaux sociaux]
    examples:
      - « Intégrer la thématique »
    terms:
      - réseau
      - réseau   d'entreprises
      - mutualis*
      - '"en réseau"'
  - {id: clubs-2, label: Oui, parent: reseaux}
"""


@pytest.fixture
def load(tmp_path):
    """Loads a codebook from its text."""

    def from_text(text):
        path = tmp_path / "grille.yaml"
        path.write_text(text, encoding="utf-8")
        return codebook.load(path)

    return from_text


@pytest.fixture
def problems(load):
    """The (line, message) of each problem of a codebook."""

    def from_text(text):
        with pytest.raises(CodebookError) as caught:
            load(text)
        assert all(problem.file == "grille.yaml" for problem in caught.value.problems)
        return [(problem.line, problem.message) for problem in caught.value.problems]

    return from_text


def test_a_codebook_is_read_as_written(load):
    book = load(COMPLETE)
    reseaux, clubs = book
    assert book.title == "Co-construction"
    assert (reseaux.id, reseaux.label, reseaux.definition) == (
        "reseaux",
        "Réseaux",
        "Mobiliser les réseaux",
    )
    assert reseaux.include == ("clubs", "chambres : CCI")
    assert reseaux.examples == ("« Intégrer la thématique »",)
    assert (clubs.id, clubs.label, clubs.parent, clubs.terms) == ("clubs-2", "Oui", "reseaux", ())
    assert (reseaux.line, clubs.line) == (4, 17)


def test_terms_know_their_kind_their_words_and_their_line(load):
    assert load(COMPLETE)["reseaux"].terms == (
        Term("réseau", TermKind.LEMMA, ("réseau",), 13),
        Term("réseau d'entreprises", TermKind.EXPRESSION, ("réseau", "d'entreprises"), 14),
        Term("mutualis*", TermKind.PREFIX, ("mutualis",), 15),
        Term('"en réseau"', TermKind.EXACT, ("en", "réseau"), 16),
    )


def test_a_theme_may_have_no_terms_and_two_themes_may_share_one(load):
    book = load(
        "themes:\n- {id: a, label: A, terms: [silo]}\n- {id: b, label: B, terms: [silo]}\n"
        "- {id: c, label: C}\n- id: d\n  label: D\n  terms:\n"
    )
    assert [len(theme.terms) for theme in book] == [1, 1, 0, 0]


def test_the_hash_is_blind_to_what_goes_without_saying(load):
    said = 'label: Oui, status: active, negation: keep, replaces: [], colour: ""'
    assert load(COMPLETE.replace("label: Oui", said)).hash == load(COMPLETE).hash


def test_the_hash_is_blind_to_comments_and_layout(load):
    other = COMPLETE.replace("# La grille de l'étude\n", "").replace(
        'include: [clubs, "chambres : CCI"]', "include:\n    - 'clubs'\n    - 'chambres : CCI' # !"
    )
    assert load(other).hash == load(COMPLETE).hash
    assert len(load(COMPLETE).hash) == 12


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Mobiliser", "Réunir"),
        ("- mutualis*", "- mutualis"),
        ("label: Oui", "label: Non"),
        ("title: Co", "title: co"),
        (", parent: reseaux", ""),
        ("label: Oui", 'label: Oui, colour: "#123456"'),
        ("label: Oui", "label: Oui, status: candidate"),
        ("label: Oui", "label: Oui, negation: drop"),
        ("label: Oui", "label: Oui, replaces: [club]"),
    ],
)
def test_the_hash_sees_every_change_of_content(load, old, new):
    assert load(COMPLETE.replace(old, new)).hash != load(COMPLETE).hash


def test_all_problems_are_reported_together_in_the_order_of_the_file(load):
    text = """\
titre: Oubli
themes:
  - id: Réseaux
    label: Réseaux
    termes: [réseau]
  - id: valorisation
    parent: coordinaton
    terms: ["", valoriser, Valoriser]
  - {id: coordination, label: Coordination}
  - {id: coordination, label: Encore}
"""
    with pytest.raises(CodebookError) as caught:
        load(text)
    assert str(caught.value).split("\n") == [
        "Grille de codage « grille.yaml » : 8 erreurs à corriger.",
        "  - grille.yaml, ligne 1, colonne 1 : clé inconnue « titre » ;"
        " vouliez-vous dire « title » ?",
        "  - grille.yaml, ligne 3, colonne 9 : identifiant « Réseaux » : minuscules sans accent,"
        " chiffres, « _ » et « - » seulement.",
        "  - grille.yaml, ligne 5, colonne 5 : clé inconnue « termes » ;"
        " vouliez-vous dire « terms » ?",
        "  - grille.yaml, ligne 6, colonne 5 : ce thème n'a pas de « label » ; ajoutez-le.",
        "  - grille.yaml, ligne 7, colonne 13 : thème parent inconnu : « coordinaton » ;"
        " vouliez-vous dire « coordination » ?",
        "  - grille.yaml, ligne 8, colonne 13 : terme vide ; complétez-le ou effacez la ligne.",
        "  - grille.yaml, ligne 8, colonne 28 : terme « Valoriser » déjà écrit ligne 8 ;"
        " effacez-le.",
        "  - grille.yaml, ligne 10, colonne 10 : identifiant « coordination » déjà pris ligne 9 ;"
        " choisissez-en un autre.",
    ]


@pytest.mark.parametrize(
    ("term", "clue"),
    [
        ("''", "terme vide"),
        ("", "terme vide"),
        ("'*'", "ni lettre ni chiffre"),
        ("👍", "seuls les mots sont cherchés"),
        ("'*mutualis'", "l'astérisque se met à la fin"),
        ("mutualis*er", "l'astérisque se met à la fin"),
        ("agir ensem*", "l'astérisque se met à la fin"),
        ("mutualis**", "l'astérisque se met à la fin"),
        ("'\"en réseau'", "guillemets mal placés"),
        ('en "réseau"', "guillemets mal placés"),
        ("'\"\"'", "guillemets mal placés"),
        ("'\"mutualis*\"'", "l'astérisque se met à la fin"),
        ("'\"mutualis\"*'", "guillemets mal placés"),
        ("« en réseau »", "guillemets mal placés"),
        ("“en réseau”", "guillemets mal placés"),
        ("pas de moyens : rien", "mettez-le entre guillemets"),
        ("[agir, ensemble]", "mettez-le entre guillemets"),
    ],
)
def test_a_wrong_term_is_refused_at_its_line_with_advice(problems, term, clue):
    ((line, message),) = problems(f"themes:\n- id: a\n  label: A\n  terms:\n  - ok\n  - {term}\n")
    assert line == 6
    assert clue in message


@pytest.mark.parametrize("again", ["Réseau", "reseau", "réseau"])
def test_a_term_written_twice_in_a_theme_is_refused(problems, again):
    text = f"themes:\n- id: a\n  label: A\n  terms:\n  - réseau\n  - {again}\n"
    assert problems(text) == [(6, f"terme « {again} » déjà écrit ligne 5 ; effacez-le.")]


def test_a_word_its_prefix_and_its_exact_form_are_three_terms(load):
    book = load("themes:\n- {id: a, label: A, terms: [silo, 'silo*', '\"silo\"']}\n")
    assert len(book["a"].terms) == 3


def test_a_theme_cannot_take_the_name_of_a_column_of_the_exports(problems):
    assert problems("themes:\n- {id: source, label: A}\n- {id: sources, label: B}\n") == [
        (
            2,
            "identifiant « source » : nom d'une colonne des exports ; prenez-en un autre, comme"
            " « sources ».",
        ),
    ]


def test_two_themes_cannot_share_a_label(problems):
    text = "themes:\n- {id: a, label: Réseaux}\n- {id: b, label: B}\n- {id: c, label: reseaux}\n"
    assert problems(text) == [
        (4, "libellé « reseaux » déjà pris ligne 2 ; choisissez-en un autre."),
    ]


def test_a_loop_of_parents_is_reported_once(problems):
    text = """\
themes:
  - {id: a, label: A, parent: b}
  - {id: b, label: B, parent: c}
  - {id: c, label: C, parent: b}
  - {id: d, label: D, parent: d}
"""
    assert problems(text) == [
        (3, "thèmes parents en boucle : b → c → b ; effacez un « parent »."),
        (5, "thèmes parents en boucle : d → d ; effacez un « parent »."),
    ]


@pytest.mark.parametrize(
    ("text", "line", "clue"),
    [
        ("", 1, "fichier est vide"),
        ("title: A\n", 1, "aucun thème"),
        ("title: A\nthemes:\n", 2, "aucun thème"),
        ("themes: []\n", 1, "aucun thème"),
        ("bonjour\n", 1, "la grille s'écrit avec des lignes"),
        ("themes: a\n", 1, "attend une liste"),
        ("themes:\n  - a\n", 2, "un thème s'écrit avec des lignes"),
        ("themes:\n- id: a\n  label: A\n  terms: a, b\n", 4, "« terms » attend une liste"),
        ("themes:\n- id: a\n  label: '  '\n", 2, "n'a pas de « label »"),
        ("themes:\n- id: a\n  label: [A]\n", 3, "« label » attend un texte"),
        ("themes:\n- id: a\n  label: A\n  terms:\n  - *\n", 5, "l'astérisque"),
    ],
)
def test_a_file_of_the_wrong_form_is_refused_with_its_line_and_advice(problems, text, line, clue):
    found = problems(text)
    assert found[0][0] == line
    assert clue in found[0][1]


def test_a_theme_says_its_colour_its_status_what_negation_does_and_what_it_replaces(load):
    book = load("""\
themes:
  - {id: a, label: A, colour: "#1BF", status: candidate, negation: c, replaces: [vieux, b-2]}
  - {id: b, label: B, colour: '#1B9E77', status: retired}
  - {id: c, label: C, negation: drop}
""")
    a, b, c = book.themes
    assert (a.colour, a.status, a.negation) == ("#11bbff", ThemeStatus.CANDIDATE, "c")
    assert a.replaces == ("vieux", "b-2")
    assert (b.colour, b.status, b.negation) == ("#1b9e77", ThemeStatus.RETIRED, KEEP)
    assert (c.colour, c.status, c.negation, c.replaces) == ("", ThemeStatus.ACTIVE, DROP, ())
    assert list(book) == [a, c]


@pytest.mark.parametrize(
    ("said", "column", "message"),
    [
        ("colour: rouge", 11, "« rouge » n'est pas une couleur ; écrivez-la entre guillemets"),
        ("colour: '#12345'", 11, "« #12345 » n'est pas une couleur"),
        ("colour: #1b9e77", 10, "« #1b9e77 » se lit comme un commentaire ; écrivez la couleur"),
        ("status: retire", 11, "statut « retire » inconnu ; vouliez-vous dire « retired » ?"),
        ("status: fini", 11, "inconnu ; possibles : « candidate », « active », « retired »."),
        (
            "negation: garder",
            13,
            "thème « garder » inconnu ; possibles : « keep », « drop », « a »",
        ),
        ("negation: kep", 13, "thème « kep » inconnu ; vouliez-vous dire « keep » ?"),
        (
            "negation: a",
            13,
            "« a » ne peut pas se désigner lui-même ; écrivez « keep » ou « drop »",
        ),
        ("negation: old", 13, "« old » est retiré ; dans « a », écrivez « keep » ou « drop »."),
        ("parent: old", 11, "thème parent retiré : « old » ; placez « a » ailleurs, ou donnez-lui"),
        ("replaces: [a]", 14, "« a » ne peut pas se remplacer lui-même ; effacez-le."),
        ("replaces: [old, old]", 19, "« old » est écrit deux fois ; gardez-en un."),
        ("replaces: [Vieux]", 14, "identifiant « Vieux » : minuscules sans accent"),
        ("replaces: [b]", 14, "« b » est encore un thème ; donnez-lui « status: retired » ou,"),
        ("replaces: old", 13, "« replaces » attend une liste"),
    ],
)
def test_a_wrong_value_is_refused_at_its_line_and_column(load, said, column, message):
    with pytest.raises(CodebookError) as caught:
        load(
            f"themes:\n- id: a\n  label: A\n  {said}\n- {{id: b, label: B}}\n"
            "- {id: old, label: Old, status: retired}\n"
        )
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (4, column)
    assert message in problem.message


@pytest.mark.parametrize("word", ["keep", "drop"])
def test_a_theme_cannot_take_a_word_that_negation_means(problems, word):
    assert problems(f"themes:\n- {{id: {word}, label: A}}\n") == [
        (
            2,
            f"identifiant « {word} » : mot réservé à « negation » ; prenez-en un autre, comme"
            f" « {word}s ».",
        )
    ]


def test_a_split_leaves_the_old_theme_retired_gone_or_one_of_its_own_parts(load):
    parts = "- {id: b, label: B, replaces: [a]}\n- {id: c, label: C, replaces: [a]}\n"
    assert len(load(f"themes:\n{parts}")) == 2
    assert len(load(f"themes:\n{parts}- {{id: a, label: A, status: retired}}\n")) == 2
    assert len(load(f"themes:\n{parts}- {{id: a, label: A, replaces: [a]}}\n")) == 3


def test_a_loop_of_replaced_themes_is_reported_once(problems):
    text = """\
themes:
  - {id: a, label: A, status: retired, replaces: [c]}
  - {id: b, label: B, status: retired, replaces: [a]}
  - {id: c, label: C, status: retired, replaces: [b, z]}
"""
    assert problems(text) == [
        (4, "« replaces » en boucle : c → a → b → c ; effacez-en un."),
    ]


def test_a_text_is_read_as_its_file_would_be(load):
    assert parse(COMPLETE) == load(COMPLETE)
    with pytest.raises(CodebookError, match=r"ma_grille\.yaml, ligne 1, colonne 1 : clé inconnue"):
        parse("titre: A\nthemes: []\n", "ma_grille.yaml")


LINES = st.sampled_from(
    [
        "themes:",
        "- id: a",
        "  label: A",
        "  terms:",
        "  - mot",
        "  - *",
        "\t",
        "  - '\"x'",
        "- [",
        "]",
    ]
    + [
        "title: é",
        "  parent: a",
        "  - a: b",
        "? - x",
        "  terms: &x [*x]",
        "<<: {id: b}",
        "- !!set {}",
    ]
)


@given(lines=st.lists(LINES, max_size=12))
def test_whatever_the_file_it_is_read_or_refused_with_a_line(tmp_path_factory, lines):
    path = tmp_path_factory.mktemp("any") / "grille.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    refused = ()
    try:
        codebook.load(path)
    except VerbatimsError as error:
        refused = error.problems or (None,)
    assert all(problem.line for problem in refused)


def test_the_sample_codebook_is_right():
    book = codebook.load(PROJECT / "codebook.yaml")
    named = {"coordination", "valorisation", "decloisonnement", "reseaux_entreprises"}
    assert named <= {theme.id for theme in book}
    assert all(theme.definition and theme.examples and theme.terms for theme in book)


def test_exact_forms_that_differ_by_an_accent_are_two_terms(tmp_path):
    path = tmp_path / "codebook.yaml"
    path.write_text(
        "themes:\n  - {id: choix, label: Choix, terms: ['\"ou\"', '\"où\"']}\n", "utf-8"
    )
    assert [term.written for term in codebook.load(path)["choix"].terms] == ['"ou"', '"où"']
