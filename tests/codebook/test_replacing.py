"""Old ids, and the themes that stand for them."""

from time import perf_counter

from verbatims.codebook import parse, replacements
from verbatims.codebook.replacing import rounds
from verbatims.model import Codebook, Theme


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


def test_a_very_long_chain_is_followed_at_once():
    themes = [Theme(f"t{n}", f"T{n}", replaces=(f"t{n + 1}",)) for n in range(3_000)]
    start = perf_counter()
    standing = replacements(Codebook(tuple(themes)))
    assert set(standing.values()) == {("t0",)}
    assert list(rounds({theme.replaces[0]: [theme.id] for theme in themes})) == []
    assert perf_counter() - start < 1


def test_splits_of_what_was_merged_are_followed_but_once_each():
    themes = [Theme("end", "Fin", replaces=("a59", "b59"))]
    for n in range(59):
        old = (f"a{n}", f"b{n}")
        themes += [Theme(f"{part}{n + 1}", f"{part}{n + 1}", replaces=old) for part in "ab"]
    assert replacements(Codebook(tuple(themes)))["a0"] == ("end",)


def test_a_loop_is_found_behind_a_long_way_to_it():
    heirs = {f"t{n}": [f"t{n + 1}"] for n in range(1_000)}
    assert list(rounds(heirs | {"t1000": ["a"], "a": ["b", "c"], "b": ["a"]})) == [["a", "b"]]
