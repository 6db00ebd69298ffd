"""Changes of a codebook in its file: what was asked is written, and no other sign is touched."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatims.codebook import parse, replacements, writing
from verbatims.errors import CodebookError
from verbatims.model import Codebook, Term, TermKind, Theme, ThemeStatus

PROJECT = Path(__file__).parents[2]

TEXT = """\
# Grille
title: Étude
themes:
  # Le premier
  - id: coord
    label: Coordination  # à revoir
    terms:
      - synergie
      - concert   # un faux ami ?
      # - à plusieurs

  - id: silo
    label: 'Décloisonnement'
    parent: coord
    exclude: [métiers, "l'État"]
    terms:
      - silo

  - {id: moyens, label: Moyens, terms: [argent, budget]}
"""


def lines(before, after):
    """The lines that went with « - », and those that came with « + », in order."""
    was, now = before.splitlines(), after.splitlines()
    gone = [f"-{line}" for line in was if line not in now]
    return [*gone, *(f"+{line}" for line in now if line not in was)]


def refusal(change, *given, **options):
    with pytest.raises(CodebookError) as caught:
        change(*given, **options)
    return str(caught.value)


def term(written):
    return Term(written, TermKind.LEMMA, ())


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("coordonner", "      - coordonner"),
        ("agir   ensemble", "      - agir ensemble"),
        ('"en réseau"', "      - '\"en réseau\"'"),
        ("mutualis*", "      - mutualis*"),
        ("rôle : pilote", '      - "rôle : pilote"'),
        ("non", "      - non"),
        ("no", '      - "no"'),
        ("2024", '      - "2024"'),
        ("n° #1", '      - "n° #1"'),
        ("-être", "      - -être"),
    ],
)
def test_a_term_is_added_after_the_last_and_quoted_where_yaml_needs_it(written, line):
    after = writing.add_term(TEXT, "coord", written)
    assert lines(TEXT, after) == [f"+{line}"]
    assert after.index(line) > after.index("- concert")


def test_a_term_joins_a_list_in_brackets_and_begins_one_that_is_not_there():
    assert "terms: [argent, budget, sous]" in writing.add_term(TEXT, "moyens", "sous")
    text = "themes:\n- id: a\n  label: A\n- id: b\n  label: B\n  terms: # rien\n"
    begun = writing.add_term(writing.add_term(text, "a", "un"), "b", "deux")
    assert begun == (
        "themes:\n- id: a\n  label: A\n  terms:\n    - un\n"
        "- id: b\n  label: B\n  terms: # rien\n    - deux\n"
    )


def test_a_term_is_dropped_with_its_line_and_its_comment_stays():
    assert lines(TEXT, writing.drop_term(TEXT, "coord", "synergie")) == ["-      - synergie"]
    assert lines(TEXT, writing.drop_term(TEXT, "coord", "concert")) == [
        "-      - concert   # un faux ami ?",
        "+      # un faux ami ?",
    ]
    assert "terms: [budget]" in writing.drop_term(TEXT, "moyens", "argent")


@pytest.mark.parametrize("first", ["synergie", "concert"])
def test_a_term_dropped_and_added_again_leaves_the_others_alone(first):
    text = TEXT.replace("   # un faux ami ?", "").replace("      # - à plusieurs\n", "")
    again = writing.add_term(writing.drop_term(text, "coord", first), "coord", first)
    assert sorted(again.splitlines()) == sorted(text.splitlines())


def test_a_key_that_was_not_there_takes_its_usual_place():
    after = writing.set_field(TEXT, "silo", "colour", "#1BF")
    assert lines(TEXT, after) == ['+    colour: "#11bbff"']
    assert after.index("exclude") < after.index("colour") < after.index("- silo")
    flow = writing.set_field(TEXT, "moyens", "definition", "Argent, temps")
    assert '{id: moyens, label: Moyens, definition: "Argent, temps", terms: [' in flow


def test_a_key_keeps_its_quotes_and_its_comment():
    assert lines(TEXT, writing.set_field(TEXT, "silo", "label", "L'ouverture")) == [
        "-    label: 'Décloisonnement'",
        "+    label: 'L''ouverture'",
    ]
    assert lines(TEXT, writing.set_field(TEXT, "coord", "label", "Pilotage")) == [
        "-    label: Coordination  # à revoir",
        "+    label: Pilotage  # à revoir",
    ]


def test_a_key_is_taken_away_with_nothing_or_with_what_goes_without_saying():
    assert lines(TEXT, writing.set_field(TEXT, "silo", "parent", "")) == ["-    parent: coord"]
    candidate = writing.set_field(TEXT, "coord", "status", "candidate")
    dropping = writing.set_field(TEXT, "coord", "negation", "drop")
    assert writing.set_field(candidate, "coord", "status", "active") == TEXT
    assert writing.set_field(dropping, "coord", "negation", "keep") == TEXT


def test_items_of_a_list_that_stay_keep_their_lines():
    after = writing.set_list(TEXT, "coord", "terms", ["pilotage", "synergie", "concert", "chef"])
    assert lines(TEXT, after) == ["+      - pilotage", "+      - chef"]
    assert 'exclude: [métiers, "l\'État", ville]' in writing.set_list(
        TEXT, "silo", "exclude", ["métiers", "l'État", "ville"]
    )


def test_a_theme_is_added_in_the_style_of_its_neighbour():
    new = Theme("temps", "Temps", include=("délais : tous",), terms=(term("délai"),))
    assert lines(TEXT, writing.add_theme(TEXT, new, after="coord")) == [
        "+  - id: temps",
        "+    label: Temps",
        "+    include:",
        '+      - "délais : tous"',
        "+      - délai",
    ]
    assert writing.add_theme(TEXT, new) == (
        f'{TEXT}\n  - {{id: temps, label: Temps, include: ["délais : tous"], terms: [délai]}}\n'
    )


def test_a_theme_moves_with_the_comments_right_above_it():
    after = writing.move_theme(TEXT, "coord", before="moyens")
    assert [line for line in after.splitlines() if line.startswith("  #") or "id:" in line] == [
        "  - id: silo",
        "  # Le premier",
        "  - id: coord",
        "  - {id: moyens, label: Moyens, terms: [argent, budget]}",
    ]
    assert "      # - à plusieurs\n\n  - {id: moyens" in after
    assert "themes:\n  - id: silo" in after
    assert writing.move_theme(after, "coord", before="silo") == TEXT


def test_a_merge_brings_terms_notes_and_sub_themes_and_retires_the_others():
    text = TEXT.replace("label: Moyens", "label: Moyens, negation: coord, parent: coord")
    book = parse(writing.merge(text, ["coord"], into="silo"))
    coord, silo, moyens = book.themes
    assert [term.written for term in silo.terms] == ["silo", "synergie", "concert"]
    assert (silo.replaces, silo.parent, coord.status) == (("coord",), "", ThemeStatus.RETIRED)
    assert (moyens.parent, moyens.negation) == ("silo", "silo")


def test_a_merge_does_not_write_twice_what_both_say():
    text = TEXT.replace("[argent, budget]", "[Silo, budget]").replace("[métiers", "[Métiers")
    text = writing.set_list(text, "moyens", "exclude", ["métiers"])
    silo = parse(writing.merge(text, ["moyens"], into="silo"))["silo"]
    assert [term.written for term in silo.terms] == ["silo", "budget"]
    assert silo.exclude == ("Métiers", "l'État")


def test_a_split_puts_the_parts_after_the_theme_that_it_retires():
    after = writing.split(TEXT, "moyens", [Theme("argent", "Argent"), Theme("temps", "Temps")])
    *_others, moyens, argent, temps = parse(after).themes
    assert moyens.status is ThemeStatus.RETIRED
    assert argent.replaces == temps.replaces == ("moyens",)


def test_a_split_theme_may_stay_as_one_of_its_parts():
    parts = [Theme("moyens", "Argent", terms=(term("argent"),)), Theme("temps", "Temps")]
    *_others, moyens, temps = parse(writing.split(TEXT, "moyens", parts))
    assert (moyens.label, moyens.status, len(moyens.terms)) == ("Argent", ThemeStatus.ACTIVE, 1)
    assert moyens.replaces == temps.replaces == ("moyens",)


def test_a_part_goes_back_into_the_theme_that_stayed_as_the_other():
    parts = [Theme("moyens", "Argent", terms=(term("argent"),)), Theme("temps", "Temps")]
    after = writing.merge(writing.split(TEXT, "moyens", parts), ["temps"], into="moyens")
    *_others, moyens, temps = parse(after).themes
    assert (moyens.replaces, temps.replaces) == (("temps",), ())
    assert replacements(parse(after)) == {"temps": ("moyens",)}


def test_the_other_parts_stay_parts_when_one_goes_back():
    parts = [Theme("moyens", "Argent"), Theme("temps", "Temps"), Theme("lieux", "Lieux")]
    after = writing.merge(writing.split(TEXT, "moyens", parts), ["temps"], into="moyens")
    assert replacements(parse(after))["moyens"] == ("moyens", "lieux")


def test_the_part_that_kept_the_id_can_go_into_the_other():
    parts = [Theme("moyens", "Argent"), Theme("temps", "Temps")]
    after = writing.merge(writing.split(TEXT, "moyens", parts), ["moyens"], into="temps")
    assert replacements(parse(after)) == {"moyens": ("temps",)}


def test_a_part_of_a_part_goes_back_into_the_whole():
    text = writing.split(TEXT, "moyens", [Theme("moyens", "Argent"), Theme("temps", "Temps")])
    text = writing.split(text, "temps", [Theme("jour", "Jour"), Theme("nuit", "Nuit")])
    after = replacements(parse(writing.merge(text, ["jour"], into="moyens")))
    assert set(after["moyens"]) == {"moyens", "nuit"}


def test_a_theme_is_retired_in_one_line():
    assert lines(TEXT, writing.retire(TEXT, "silo")) == ["+    status: retired"]


@pytest.mark.parametrize(
    ("change", "given", "told"),
    [
        (writing.add_term, ("silos", "mur"), "inconnu : « silos » ; vouliez-vous dire « silo » ?"),
        (
            writing.add_term,
            ("coord", "Synergie"),
            "« Synergie » est déjà un terme de « Coordination » (ligne 8, « synergie »).",
        ),
        (writing.add_term, ("coord", "mutu*al"), "l'astérisque se met à la fin"),
        (writing.add_term, ("coord", " "), "terme vide"),
        (writing.drop_term, ("coord", "synergies"), "vouliez-vous dire « synergie » ?"),
        (writing.set_field, ("coord", "status", "fini"), "statut « fini » inconnu ; possibles"),
        (writing.set_field, ("coord", "colour", "rouge"), "« rouge » n'est pas une couleur"),
        (writing.set_field, ("coord", "parent", "silo"), "thèmes parents en boucle"),
        (writing.set_field, ("coord", "parent", "sil"), "vouliez-vous dire « silo » ?"),
        (writing.set_field, ("coord", "label", ""), "ce thème n'a pas de « label »"),
        (writing.set_field, ("coord", "label", "moyens"), "libellé « Moyens » déjà pris"),
        (writing.set_field, ("coord", "definition", "a\x07b"), "caractère invisible interdit"),
        (writing.set_list, ("coord", "terms", ["un", "Un"]), "terme « Un » déjà écrit"),
        (writing.set_list, ("coord", "replaces", ["silo"]), "« silo » est encore un thème"),
        (writing.retire, ("coord",), "placez « silo » ailleurs, ou donnez-lui « status: retired »"),
        (writing.merge, ([], "silo"), "choisissez au moins un autre thème à fusionner."),
        (writing.merge, (["a"], "silo"), "thème inconnu : « a »"),
        (writing.split, ("silo", [Theme("a", "A")]), "donnez au moins deux parts"),
        (writing.add_theme, (Theme("silo", "Silo"),), "« silo » est déjà pris (ligne 12)."),
        (writing.add_theme, (Theme("Mur", "Mur"),), "identifiant « Mur » : minuscules sans accent"),
        (writing.move_theme, ("mur",), "thème inconnu : « mur »"),
    ],
)
def test_what_cannot_be_is_refused_with_advice_and_nothing_is_changed(change, given, told):
    said = refusal(change, TEXT, *given)
    assert said.startswith("Rien n'a été changé : ")
    assert told in said
    assert "codebook.yaml" not in said


def test_a_theme_that_was_retired_takes_over_no_other():
    text = writing.retire(TEXT, "moyens")
    assert "« Moyens » est retiré" in refusal(writing.merge, text, ["silo"], "moyens")


def test_a_file_that_is_wrong_is_refused_where_it_is_wrong():
    said = refusal(writing.add_term, TEXT.replace("parent: coord", "parent: cord"), "silo", "mur")
    assert "codebook.yaml, ligne 14, colonne 13 : thème parent inconnu" in said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "themes:\n- {id: a, label: A, include: &x [un]}\n- {id: b, label: B, include: *x}\n",
            "une ancre « & » et son renvoi « * »",
        ),
        ("themes:\r- {id: a, label: A}\r- {id: b, label: B}\r", "des fins de ligne inhabituelles"),
        (
            "themes:\n- id: a\n  label: A\n  include: [un # ici\n    , trois]\n",
            "la mise en page à cet endroit est inhabituelle",
        ),
    ],
)
def test_a_layout_that_cannot_be_changed_safely_is_left_as_it_is(text, told):
    assert told in refusal(writing.set_list, text, "a", "include", ["trois"])


def test_the_sample_codebook_is_changed_line_by_line():
    text = (PROJECT / "codebook.yaml").read_text("utf-8")
    after = writing.add_term(text, "coordination", "concert d'acteurs")
    assert lines(text, after) == ["+      - concert d'acteurs"]
    first, second, *_others = parse(text).themes
    there = writing.move_theme(text, first.id)
    assert writing.move_theme(there, first.id, before=second.id) == text


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn", "Co"]), max_size=9
)
FILLED = TEXTS.filter(lambda text: text.strip() and text.isprintable())


@given(title=TEXTS, label=FILLED, notes=st.lists(TEXTS, max_size=3))
def test_a_whole_codebook_is_written_and_read_back(title, label, notes):
    first = Theme("a", f"a{label}", definition=label, examples=tuple(notes), colour="#1B9E77")
    other = Theme("b", "B", parent="a", negation="a", replaces=("c",), terms=(term("non"),))
    book = Codebook((first, other), title)
    try:
        text = writing.write(book)
    except CodebookError as error:
        assert any("caractère invisible" in problem.message for problem in error.problems)  # noqa: PT017
        return
    read = parse(text)
    assert read["b"].terms[0].written == "non"
    assert read.hash == parse(writing.write(read)).hash
    assert read["a"].label == " ".join(read["a"].label.split())
