"""Any sequence of changes, on files of any usual style: what was asked, and every comment."""

import re
from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatims.codebook import parse, writing
from verbatims.model import Term, TermKind, Theme

BLOCK = """\
# c1
title: Étude  # c2

# c3
themes:
  # c4
  - id: a  # c5
    label: "Alpha"  # c6
    # c7
    definition: >  # c8
      Une définition
      sur deux lignes
    include:
      # c9
      - l'un  # c10
      - "l'autre"
      # c11
    terms:  # c12
      - réseau
      # c13

      - 'mutualis*'  # c14
      # c15

  # c16

  # c17
  - id: b
    label: Bêta
    parent: a  # c18
    colour: "#11bbff"  # c19
    terms:
      - silo  # c20

  - id: c
    label: Gamma
    terms:   # c21
    # c22
  - # c23
    id: d
    label: 'Delta'
    examples:  [ « un », deux ]  # c24
# c25
"""
INDENTLESS = """\
themes:
# c1
- id: a
  label: Alpha # c2
  status: candidate # c3
  include:
  - un # c4
  -  deux
  # c5
  terms:
  - réseau
  # c6
- id: b # c7
  label: Bêta
  parent: a
  negation: drop
  terms:
  - silo
  # c8
- id: c
  label: Gamma
- id: d
  label: Delta
  exclude: [un, # c9
    # c10
    deux # c11
    ] # c12"""
FLOW = """\
themes: # c1
  - {id: a, label: Alpha, definition: "Dire, l'un", terms: [réseau, 'mutualis*']} # c2
  # c3
  - {id: b, label: 'Bêta', parent: a, colour: '#1bf',
     terms: [silo,  # c4
             # c5
             agir ensemble, # c6
             '"en réseau"'  # c7
            ]} # c8
  - {id: c, label: Gamma, terms: [], examples: [ # c9
     ]}
  - { id: d , label: Delta , negation: b , terms: [ un , ] } # c10
"""
JSON = """\
{"title": "Étude", "themes": [ # c1
  {"id": "a", "label": "Alpha", "terms": ["réseau", "silo"]}, # c2
  {"id": "b", "label": "Bêta", # c3
   "parent": "a"},
  {"id": "c", "label": "Gamma"},
  # c4
  {"id": "d", "label": "Delta", "include": ["un"]} # c5
]}
"""
WIDE = """\
themes:
    -   id: a # c1
        label: Alpha
        "definition": |
            Une ligne # ceci est du texte
            deux

        terms:
            -   réseau # c2
            -   >- # c3
                agir
                ensemble
            - # c4
                faire
                ensemble # c5


    -   id: b
        label: Bêta
        definition: une
            suite  # c6
        terms: [silo]


    # c7
    -   id: c
        label: Gamma
        parent: # c8
            b
        terms:
            -   un


    -   id: d
        label: Delta
        parent:  # c9
"""
STYLES = {
    "block": BLOCK,
    "indentless": INDENTLESS,
    "flow": FLOW,
    "json": JSON,
    "wide": WIDE,
    "windows": BLOCK.replace("\n", "\r\n"),
    "bom": "\ufeff" + INDENTLESS,
}

TEXTS = st.sampled_from(
    [
        "un",
        "Dire : oui",
        "- tiret",
        "l'un, l'autre",
        "« guillemets »",
        'a "b"',
        "non",
        "1.0",
        "# dièse",
        "a # b",
        "[crochet",
        "{a}",
        "c:\\d 'e' \"f\"",
        "fin :",
        "@tous",
        "~",
        "*a",
        "x" * 120,
    ]
)
TERMS = st.sampled_from(
    ["réseau", "silo", "mutualis*", '"en réseau"', "agir ensemble", "faire", "non", "l'usager", "1"]
)
IDS = st.sampled_from("abcd")


@st.composite
def changes(draw):
    """The name of a change and what it is given."""
    kind = draw(st.sampled_from(["add", "drop", "text", "list", "terms", "plain", "theme", "move"]))
    theme = draw(IDS)
    if kind in ("add", "drop"):
        return kind, theme, draw(TERMS)
    if kind == "text":
        key = draw(st.sampled_from(["label", "definition"]))
        said = draw(TEXTS)
        return kind, theme, key, f"{theme} {said}" if key == "label" else said
    if kind == "list":
        key = draw(st.sampled_from(["include", "exclude", "examples"]))
        return kind, theme, key, draw(st.lists(TEXTS, max_size=4))
    if kind == "terms":
        return kind, theme, draw(st.lists(TERMS, max_size=4, unique=True))
    if kind == "plain":
        key, said = draw(
            st.sampled_from(
                [
                    *[("colour", "#aabbcc"), ("colour", ""), ("status", "candidate")],
                    *[("status", ""), ("negation", "drop"), ("negation", ""), ("definition", "")],
                    ("parent", ""),
                ]
            )
        )
        return kind, theme, key, said
    if kind == "theme":
        return kind, theme, draw(st.lists(TERMS, max_size=2, unique=True)), draw(TEXTS)
    return kind, theme, draw(st.one_of(st.just(""), IDS))


def told(text):
    """What a file says: the themes in order, each as what its keys say."""
    themes = {}
    for theme in parse(text).themes:
        said = asdict(theme)
        said["terms"] = [term.written for term in theme.terms]
        del said["line"]
        themes[theme.id] = {
            key: list(value) if isinstance(value, tuple) else value for key, value in said.items()
        }
    return themes


def changed(text, change):
    """The text changed, and what it should say."""
    kind, theme, *given = change
    said = told(text)
    own = said[theme]
    if kind == "add" and given[0] not in own["terms"]:
        own["terms"] = [*own["terms"], given[0]]
        text = writing.add_term(text, theme, given[0])
    elif kind == "drop" and given[0] in own["terms"]:
        own["terms"] = [term for term in own["terms"] if term != given[0]]
        text = writing.drop_term(text, theme, given[0])
    elif kind in ("text", "plain"):
        key, value = given
        own[key] = value or {"status": "active", "negation": "keep"}.get(key, "")
        text = writing.set_field(text, theme, key, value)
    elif kind == "list":
        own[given[0]] = given[1]
        text = writing.set_list(text, theme, *given)
    elif kind == "terms":
        own["terms"] = given[0]
        text = writing.set_list(text, theme, "terms", given[0])
    elif kind == "theme":
        text, said = with_theme(text, said, theme, *given)
    elif kind == "move" and given[0] != theme:
        order = [name for name in said if name != theme]
        order.insert(order.index(given[0]) if given[0] else len(order), theme)
        said = {name: said[name] for name in order}
        text = writing.move_theme(text, theme, before=given[0])
    return text, said


def with_theme(text, said, after, terms, definition):
    name = f"n{len(said)}"
    written = tuple(Term(term, TermKind.LEMMA, ()) for term in terms)
    theme = Theme(name, f"Nouveau {name}", definition=definition, terms=written)
    place = [*said].index(after) + 1
    own = {**said["a"], "parent": "", "include": [], "exclude": [], "examples": [], "colour": ""}
    own |= {"id": name, "label": f"Nouveau {name}", "definition": definition, "terms": terms}
    own |= {"status": "active", "negation": "keep", "replaces": []}
    items = [*said.items()]
    text = writing.add_theme(text, theme, after=after)
    return text, dict([*items[:place], (name, own), *items[place:]])


def merged(said, ids, into):
    """The survivor has what it had and what the others had, once; they are retired."""
    for key in ("include", "exclude", "examples", "terms"):
        lists = [said[name][key] for name in (into, *ids)]
        said[into][key] = list(dict.fromkeys(item for items in lists for item in items))
    said[into]["replaces"] = list(ids)
    for name in ids:
        said[name]["status"] = "retired"
    while said[into]["parent"] in ids:
        said[into]["parent"] = said[said[into]["parent"]]["parent"]
    for name in set(said) - set(ids):
        for key in ("parent", "negation"):
            said[name][key] = into if said[name][key] in ids else said[name][key]
    if said[into]["negation"] == into:
        said[into]["negation"] = "keep"
    return said


@pytest.mark.parametrize("style", STYLES)
@settings(max_examples=12, deadline=None)
@given(sequence=st.lists(changes(), max_size=6))
def test_any_changes_leave_what_was_asked_and_every_comment(style, sequence):
    text = STYLES[style]
    comments = re.findall(r"# c\d+", text)
    for change in sequence:
        text, said = changed(text, change)
        assert told(text) == said
        assert [*told(text)] == [*said]
        assert sorted(re.findall(r"# c\d+", text)) == sorted(comments)
        assert ("\r\n" in text) == (style == "windows")
        assert "\r\n" not in text or "\n" not in text.replace("\r\n", "")


@pytest.mark.parametrize("style", STYLES)
@settings(max_examples=8, deadline=None)
@given(ids=st.lists(IDS, min_size=2, max_size=3, unique=True))
def test_any_themes_merge_with_their_comments_kept(style, ids):
    into, *others = ids
    text = writing.merge(STYLES[style], others, into)
    assert told(text) == merged(told(STYLES[style]), others, into)
    assert sorted(re.findall(r"# c\d+", text)) == sorted(re.findall(r"# c\d+", STYLES[style]))


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("theme", ["c", "d"])
def test_any_theme_splits_with_its_comments_kept(style, theme):
    parts = [Theme("n1", "Un"), Theme("n2", "Deux : l'autre")]
    text = writing.split(STYLES[style], theme, parts)
    said = told(text)
    place = [*said].index(theme)
    assert [*said][place : place + 3] == [theme, "n1", "n2"]
    assert said[theme]["status"] == "retired"
    assert said["n1"]["replaces"] == said["n2"]["replaces"] == [theme]
    assert sorted(re.findall(r"# c\d+", text)) == sorted(re.findall(r"# c\d+", STYLES[style]))
