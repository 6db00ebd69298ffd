"""What the two YAML files of a study have in common: as written, every fault at its line."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatims.errors import FileError, VerbatimsError
from verbatims.marked_yaml import Reader, loops, meant

KEYS = ("title", "words", "bounds", "profile")


class WrongError(VerbatimsError):
    """Stands for the error of any of the two files."""


@pytest.fixture
def read(tmp_path):
    """The fields of a file from its text or bytes."""

    def from_text(content):
        path = tmp_path / "notes.yaml"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return Reader(path, "Carnet", WrongError).root(KEYS, what="le carnet")

    return from_text


@pytest.fixture
def refused(read):
    """The (line, message) of each problem of a file, once all that was asked has been read."""

    def from_text(content, ask=lambda _fields: None):
        with pytest.raises(WrongError) as caught:  # noqa: PT012
            fields = read(content)
            ask(fields)
            fields.reader.check()
        return [(problem.line, problem.message) for problem in caught.value.problems]

    return from_text


def test_texts_are_taken_as_written_and_not_as_yaml_booleans_or_numbers(read):
    fields = read('title: 1.0\nwords: [Non, yes, 1e3, ~, 01, " a  b "]\n')

    assert fields.text("title") == "1.0"
    assert fields.texts("words") == ("Non", "yes", "1e3", "~", "01", " a  b ")
    assert fields.reader.check() is None


def test_items_and_keys_know_their_lines(read):
    fields = read("# rien\ntitle: A\nwords:\n  - a\n\n  - b\n")

    assert [item.start_mark.line + 1 for item in fields.items("words")] == [4, 6]
    assert (fields.line("title"), fields.line("profile"), fields.line()) == (2, 2, 2)


@pytest.mark.parametrize("nothing", ["", "words:\n", 'words: ""\n'])
def test_a_key_with_nothing_after_it_is_a_key_not_given(read, nothing):
    fields = read(f"title: A\n{nothing}")

    assert not fields.has("words")
    assert fields.text("words") == ""
    assert fields.texts("words") == fields.texts("words", alone=True) == ()
    assert fields.items("words") == fields.nodes_of("words") == fields.pairs("words") == []
    assert fields.interval("words") is None
    assert not fields.flag("words")
    assert fields.reader.problems == []


def test_one_text_alone_may_stand_for_a_list_of_one(read, refused):
    assert read("words: a, b\n").texts("words", alone=True) == ("a, b",)
    assert refused("words: a, b\n", lambda fields: fields.texts("words")) == [
        (1, "« words » attend une liste : une ligne « - … » par élément.")
    ]


def test_a_mapping_with_free_keys_gives_its_pairs(read):
    fields = read("words: {1: Oui, b: Non}\n")

    assert [(key, node.value) for key, node in fields.pairs("words")] == [
        ("1", "Oui"),
        ("b", "Non"),
    ]


@pytest.mark.parametrize("bounds", ["[1, 10]", "['1', 10.0]", "\n- 1\n- 10"])
def test_an_interval_is_two_numbers(read, bounds):
    assert read(f"bounds: {bounds}\n").interval("bounds") == (1, 10)


def test_a_number_may_have_a_decimal_comma(read):
    assert read("bounds: ['0,5', '1,5']\n").interval("bounds") == (0.5, 1.5)


@pytest.mark.parametrize(
    ("bounds", "message"),
    [
        ("10", "« bounds » attend deux nombres, par exemple [1, 10]."),
        ("[1, 2, 3]", "« bounds » attend deux nombres, par exemple [1, 10]."),
        ("[un, 10]", "« bounds » : « un » n'est pas un nombre."),
        ("[1, .inf]", "« bounds » : « .inf » n'est pas un nombre."),
        ("[1, nan]", "« bounds » : « nan » n'est pas un nombre."),
        ("[1, [2]]", "« bounds » attend un texte ; mettez-le entre guillemets."),
        ("[10, 1]", "« bounds » : le premier nombre dépasse le second."),
    ],
)
def test_what_is_no_interval_is_refused(refused, bounds, message):
    found = refused(f"bounds: {bounds}\n", lambda fields: fields.interval("bounds"))
    assert found == [(1, message)]


def test_a_flag_is_said_in_french_or_in_english(read, refused):
    said = {word: read(f"profile: {word}\n").flag("profile") for word in ("Oui", "true", "non")}

    assert said == {"Oui": True, "true": True, "non": False}
    assert refused("profile: peut-être\n", lambda fields: fields.flag("profile")) == [
        (1, "« profile » attend true ou false, et non « peut-être ».")
    ]


def test_all_faults_are_told_once_and_together_in_the_order_of_the_lines(read):
    fields = read("words:\n  - a: b\ntitle: [A]\ntitel: A\n")
    fields.text("title")
    fields.text("title")
    fields.texts("words")

    with pytest.raises(WrongError) as caught:
        fields.reader.check()
    assert str(caught.value).split("\n") == [
        "Carnet « notes.yaml » : 3 erreurs à corriger.",
        "  - notes.yaml, ligne 2, colonne 5 : « words » : chaque élément est un texte ;"
        " mettez-le entre guillemets s'il contient « : », « [ » ou « { ».",
        "  - notes.yaml, ligne 3, colonne 8 : « title » attend un texte ; mettez-le entre"
        " guillemets.",
        "  - notes.yaml, ligne 4, colonne 1 : clé inconnue « titel » ;"
        " vouliez-vous dire « title » ?",
    ]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("title: A\ntitle: B\n", 2, "clé « title » écrite deux fois dans le carnet"),
        ("title: A\n[b]: c\n", 2, "clé inconnue ; une clé est un mot"),
        ("title: A\nxyz: c\n", 2, "« xyz » ; possibles : « title », « words », « bounds », « prof"),
        ("- a\n", 1, "le carnet s'écrit avec des lignes « clé: valeur »"),
        ("bonjour\n", 1, "le carnet s'écrit avec des lignes « clé: valeur »"),
        ("", 1, "le fichier est vide ; ses clés sont « title », « words »"),
        ("# rien\n", 1, "le fichier est vide"),
    ],
)
def test_wrong_keys_are_told_with_their_line(refused, text, line, message):
    ((found, told),) = refused(text)
    assert found == line
    assert message in told


@pytest.mark.parametrize(
    ("text", "line", "clue"),
    [
        ("words:\n\t- a\n", 2, "tabulation"),
        ("words:\n- A\ntitle: A: B\n", 3, "« : » en trop"),
        ("words:\n- a\ntitle: 'A\n", 3, "guillemet est ouvert ici"),
        ("title: 'A\n---\n", 1, "guillemet est ouvert ici"),
        ("title: A\nwords: [b\n", 2, "crochet « [ » est ouvert ici"),
        ("title: A\nwords: {b\n", 2, "accolade « { » est ouverte ici"),
        ("title: A\nwords: [\n", 3, "pas refermé"),
        ("words: [a, b\ntitle: c\n", 1, "s'ouvre ici sans se refermer"),
        ("words: [a: b: c]\n", 1, "contient un texte avec « : »"),
        ("words: [*b]\n", 1, "l'astérisque"),
        ("words:\n  - *\n", 2, "l'astérisque"),
        ("words:\n  - & co\n", 2, "« & » ne peut pas commencer"),
        ("title: @A\n", 1, "ne peut pas commencer"),
        ('title: "C:\\dossier"\n', 1, "guillemets simples"),
        ("words:\n- a\n b: c\n", 3, "mal alignée"),
        ("words:\n  - a\n - b\n", 3, "alignement"),
        (" title: a\nwords: b\n", 2, "mal alignée"),
        ("? title\nwords\n: a\n", 2, "il manque « : »"),
        ('words:\n  - "en" réseau\n', 2, "guillemet fermant"),
        ("title: A\x07\n", 1, "caractère invisible"),
        ("title: A\n---\nwords: []\n", 2, "second document"),
        ("title: A\nwords: été\n".encode("cp1252"), 2, "enregistrez le fichier en UTF-8"),
        ("title: A\n".encode("utf-16"), 1, "enregistrez le fichier en UTF-8"),
        ('title: "\\UFFFFFFFF"\n', None, "guillemets simples"),
        (b"[" * 5000, None, "trop de crochets"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line_and_advice(refused, text, line, clue):
    ((found, message),) = refused(text)
    assert found == line
    assert clue in message


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("title: A\nwords:\n    - {a: b}\n", (3, 7)),
        ("title: A\n   \nwords: été : hiver\n", (3, 12)),
        ("title: A\nwords: [b\n", (2, 8)),
        ("title: été\x07\n", (1, 11)),
        ("title: A\nwords: été\n".encode("cp1252"), (2, 8)),
        ("\ufefftitle: A\nwords: *\n", (2, 8)),
        ('title: A\nwords: [é, "\\ud800"]\n', (2, 12)),
    ],
)
def test_a_fault_is_told_at_its_column(read, text, place):
    with pytest.raises(WrongError) as caught:  # noqa: PT012
        fields = read(text)
        fields.texts("words")
        fields.reader.check()
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == place


def test_a_text_that_is_in_no_file_yet_is_read_like_one(tmp_path):
    reader = Reader(tmp_path / "absent.yaml", "Carnet", WrongError)

    assert reader.root_of("title: A\n", KEYS, what="le carnet").text("title") == "A"
    with pytest.raises(WrongError, match=r"absent\.yaml, ligne 1 : le fichier est vide"):
        reader.root_of("", KEYS, what="le carnet")


def test_a_byte_order_mark_and_windows_line_ends_are_accepted(read):
    fields = read("title: Été\r\nwords: [a]\r\n".encode("utf-8-sig"))

    assert (fields.text("title"), fields.line("words")) == ("Été", 2)


def test_a_second_byte_order_mark_is_read_as_none_and_a_third_is_told(read, refused):
    assert read("\ufeff\ufefftitle: A\nwords: [a]\n").text("title") == "A"
    ((line, message),) = refused("\ufeff\ufeff\ufefftitle: A\n")
    assert line == 1
    assert "marque d'ordre des octets" in message


@pytest.mark.parametrize("text", ['title: "\\ud800"', '"\\udfff": A', 'title: "\\ud83d\\ude00"'])
def test_half_a_character_is_told_with_what_to_write(refused, text):
    ((line, message),) = refused(text)
    assert line == 1
    assert "écrivez le caractère lui-même" in message


def test_a_file_that_cannot_be_opened_is_told(tmp_path):
    with pytest.raises(FileError, match=r"absent\.yaml » n'existe pas"):
        Reader(tmp_path / "absent.yaml", "Carnet", WrongError).root(KEYS, what="le carnet")
    with pytest.raises(FileError, match="Impossible de lire"):
        Reader(tmp_path, "Carnet", WrongError).root(KEYS, what="le carnet")


def test_a_hundred_faults_are_told_up_to_fifty(refused):
    found = refused("".join(f"clé{number}: a\n" for number in range(100)))

    assert len(found) == 51
    assert found[-1] == (None, "et 50 autres erreurs.")


@pytest.mark.parametrize(
    ("above", "found"),
    [
        ({}, []),
        ({"a": "b", "b": "c", "c": ""}, []),
        ({"a": "a"}, [["a"]]),
        ({"a": "b", "b": "c", "c": "b"}, [["b", "c"]]),
        ({"a": "b", "b": "a", "c": "d", "d": "c"}, [["a", "b"], ["c", "d"]]),
    ],
)
def test_each_loop_of_names_is_found_once(above, found):
    assert list(loops(above)) == found


def test_a_long_list_of_possible_words_is_cut():
    told = meant("xyz", [f"q{number}" for number in range(30)])

    assert told.endswith("« q18 », « q19 », …")
    assert meant("q_un", ["q_une", "autre"]) == "vouliez-vous dire « q_une » ?"


@given(text=st.text(alphabet="ab:-[]{}*&!|>'\"%@?#, \n\t\\", max_size=40))
def test_whatever_the_file_it_is_read_or_refused_with_advice(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("any") / "notes.yaml"
    path.write_text(text, encoding="utf-8")
    reader = Reader(path, "Carnet", WrongError)
    with suppress(WrongError):
        fields = reader.root(("a", "b"), what="le carnet")
        for key in ("a", "b"):
            fields.texts(key, alone=True)
            fields.interval(key)
    assert all(problem.line and problem.message for problem in reader.problems)
