"""Old ids, and the themes that stand for them."""

from verbatims.codebook import parse, replacements


def said(*themes):
    return dict(replacements(parse("themes:\n" + "".join(f"- {{{theme}}}\n" for theme in themes))))


def test_a_merged_theme_and_a_changed_id_have_one_heir():
    assert said("id: a, label: A, replaces: [b, vieux]", "id: b, label: B, status: retired") == {
        "b": ("a",),
        "vieux": ("a",),
    }


def test_a_split_theme_has_several_in_the_order_of_the_file():
    assert said("id: c, label: C, replaces: [a]", "id: b, label: B, replaces: [a]") == {
        "a": ("c", "b")
    }


def test_a_theme_may_stay_as_one_of_its_own_parts():
    themes = ("id: a, label: A, replaces: [a, z]", "id: b, label: B, replaces: [a]")
    assert said(*themes) == {"a": ("a", "b"), "z": ("a", "b")}


def test_chains_are_followed_to_the_themes_that_stand_now():
    assert said(
        "id: d, label: D, replaces: [b]",
        "id: b, label: B, replaces: [a], status: retired",
        "id: c, label: C, replaces: [b, a]",
    ) == {"a": ("d", "c"), "b": ("d", "c")}


def test_a_theme_that_nothing_replaces_stands_for_no_other():
    assert said("id: a, label: A", "id: b, label: B, status: retired") == {}
