"""French as it is written; English whole; nothing said that no catalogue could translate."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import verbatims
from verbatims import language
from verbatims.language import (
    _,
    decimal,
    each,
    lasting,
    ngettext,
    number,
    offered,
    percent,
    speaking,
    spoken,
    told,
)

SOURCE = Path(verbatims.__file__).parent
MARKS = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "plural_pair": (1, 2),
    "pgettext": ((1, "c"), 2),
}
MODULES = sorted(SOURCE.rglob("*.py"))


def catalogue() -> Catalog:
    with (language.CATALOGUES / "en" / "LC_MESSAGES" / "verbatims.po").open("rb") as file:
        return read_po(file, locale="en")


def written(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def translated(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def said(messages: Catalog) -> dict[tuple, list[str]]:
    """By text; babel reads a context as text from one of the two files, as bytes from the other."""
    return {(*written(one), bool(one.context)): translated(one) for one in messages if one.id}


def places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)(?::[^ }]+)?\}", text))


# -- the catalogue ----------------------------------------------------------------------


def test_every_text_that_is_marked_has_its_english_and_no_other_is_kept() -> None:
    marked = {(message, context) for _file, _line, message, _comments, context in extracted()}
    kept = {(message.id, message.context) for message in catalogue() if message.id}

    assert marked == kept, "make catalogue, puis traduire ce qui manque"


def extracted() -> Iterator[tuple]:
    return extract_from_dir(SOURCE, keywords=MARKS, callback=None)


def test_no_english_text_is_empty_or_doubtful() -> None:
    unsaid = [
        message.id
        for message in catalogue()
        if message.id and (message.fuzzy or not all(translated(message)))
    ]
    assert unsaid == []


def test_english_has_the_same_values_to_say_as_french() -> None:
    other = [
        message.id
        for message in catalogue()
        if message.id
        and set.union(*map(places, written(message)))
        != set.union(*map(places, translated(message)))
    ]
    assert other == []


def test_what_is_read_at_run_time_is_what_was_written() -> None:
    with (language.CATALOGUES / "en" / "LC_MESSAGES" / "verbatims.mo").open("rb") as file:
        compiled = said(read_mo(file))

    assert compiled == said(catalogue()), "make catalogue"


# -- the code ---------------------------------------------------------------------------

FRENCH_LETTERS = re.compile(r"[àâçèéêëîïôùûœÀÂÇÈÉÊËÎÏÔÙÛŒ]")
FRENCH_WORDS = re.compile(
    r"\b(le|la|les|des|du|un|une|et|est|sont|pas|par|pour|dans|sur|ce|cette|que|qui|aux|ne|ni)\b",
    re.IGNORECASE,
)
PATTERN = re.compile(r"[\\|()\[]")  # what is looked for in a text, and said to nobody

# Where French is not said: what it holds is.
DATA = {
    "cli/usage.py": "Typer's words and ours, side by side",
    "codebook/foreign.py": "statuses as a file has them",
    "codebook/qdc.py": "the lines of a .qdc file",
    "codebook/table.py": "columns of a codebook",
    "content.py": "stop words",
    "corpus/emptiness.py": "ways to answer nothing",
    "demo.py": "the coder of the demonstration",
    "export/agreement.py": "columns of a CSV",
    "export/csv_files.py": "columns of a CSV",
    "export/sheets.py": "columns of a table",
    "export/tables.py": "columns of a CSV",
    "importers/delimited.py": "letters of French",
    "nlp/": "rules of French",
    "questionnaire/guessing.py": "headers of a survey",
    "questionnaire/scales.py": "answers of a survey",
    "review/votes.py": "values of a CSV",
    "study/merging.py": "columns of a CSV",
    "tagging/lexicon/": "rules of French",
    "tagging/reasons.py": "rules of TAGS, said by study/desk/reasons.py",
    "ui/parts/words/": "rulings, said where they are shown",
}


def literals(tree: ast.Module) -> Iterator[ast.Constant]:
    """The texts of a module that no mark holds, its docstrings left out."""
    held = {
        id(inner)
        for node in ast.walk(tree)
        if is_docstring(node) or is_marked(node)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in held:
            yield node


def is_docstring(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def is_marked(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS


def is_french(text: str) -> bool:
    words = re.findall(r"[^\W\d_]{3,}", text)
    if not words or PATTERN.search(text):
        return False
    return bool(FRENCH_LETTERS.search(" ".join(words))) or (
        len(words) > 1 and bool(FRENCH_WORDS.search(text))
    )


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_french_is_said_that_is_not_marked(module: Path) -> None:
    if str(module.relative_to(SOURCE)).startswith(tuple(DATA)):
        return
    found = [node.value for node in literals(ast.parse(module.read_text("utf-8")))]
    assert [text for text in found if is_french(text)] == []


@pytest.mark.parametrize("name", DATA)
def test_where_french_is_data_there_still_is_some(name: str) -> None:
    modules = [path for path in MODULES if str(path.relative_to(SOURCE)).startswith(name)]
    texts = [
        node.value for path in modules for node in literals(ast.parse(path.read_text("utf-8")))
    ]
    assert any(FRENCH_LETTERS.search(text) or FRENCH_WORDS.search(text) for text in texts)


AT_EACH_RUN = [SOURCE / "ui" / "server" / "script.py", *(SOURCE / "ui" / "pages").iterdir()]


@pytest.mark.parametrize(
    "module",
    [module for module in MODULES if module not in AT_EACH_RUN],
    ids=lambda path: str(path.relative_to(SOURCE)),
)
def test_nothing_is_said_before_it_is_known_who_reads(module: Path) -> None:
    """`_` outside of a function speaks once for all; a mark of that name in it hides ours."""
    tree = ast.parse(module.read_text("utf-8"))
    inside = {id(inner) for body in bodies(tree) for inner in ast.walk(body)}
    early = [node.lineno for node in ast.walk(tree) if says(node) and id(node) not in inside]
    hidden = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == "_" and isinstance(node.ctx, ast.Store)
    ]
    assert early == []
    assert hidden == [] or not any(says(node) for node in ast.walk(tree))


def bodies(tree: ast.Module) -> Iterator[ast.AST]:
    """What runs when it is called, and not when the module is read."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Lambda):
            yield node.body
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from node.body


def says(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"_", "ngettext", "pgettext", "plural_pair", "lasting"}
    )


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_text_stands_where_the_catalogue_is_made_from_can_see_it(module: Path) -> None:
    """Before Python 3.12 what stands inside an f-string is not found."""
    tree = ast.parse(module.read_text("utf-8"))
    strings = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    inside = [inner for node in strings for inner in ast.walk(node) if is_marked(inner)]
    assert [call.lineno for call in inside if isinstance(call.args[0], ast.Constant)] == []


# -- who reads --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("", "fr"),
        ("fr-FR,fr;q=0.9,en;q=0.8", "fr"),
        ("en-GB,en;q=0.9,fr;q=0.8", "en"),
        ("de-DE,de;q=0.9,en;q=0.5", "en"),
        ("es", "fr"),
    ],
)
def test_a_browser_is_answered_in_the_first_of_its_languages_that_there_is(
    wanted: str, given: str
) -> None:
    assert offered(wanted) == given


def test_what_was_chosen_for_everyone_goes_before_what_a_browser_wants(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(language.VARIABLE, "en")
    assert offered("fr-FR") == "en"
    monkeypatch.setenv(language.VARIABLE, "volapük")
    assert offered("fr-FR") == "fr"


def test_a_text_a_count_and_figures_are_said_as_the_reader_writes_them() -> None:
    assert _("Le port.") == "Le port."
    assert ngettext("{n} réponse", "{n} réponses", 0) == "0 réponse"
    assert (number(12345), decimal(7.45), percent(0.435)) == ("12\u202f345", "7,5", "44\u202f%")
    with speaking("en"):
        assert _("Le port.") == "The port."
        assert ngettext("{n} réponse", "{n} réponses", 0) == "0 answers"
        assert (number(12345), decimal(7.45), percent(0.435)) == ("12,345", "7.5", "44%")
    assert spoken() == "fr"


def test_a_text_that_lasts_is_kept_in_every_language() -> None:
    text = lasting(lambda: _("Le port."))
    assert text == "Le port."
    kept = each(text)
    with speaking("en"):
        assert told(kept) == "The port."
        assert told(each("As it is.")) == "As it is."
    assert told(kept) == "Le port."
    assert told(None) == ""


# -- the command ------------------------------------------------------------------------


@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_command_speaks_english_wherever_it_is_asked_to(
    place: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = ["check", "/nowhere/at/all"]
    said.insert(place, "--lang=en")
    code, text = called(said, capsys, monkeypatch)
    assert code == 1
    assert french_in(text) == []


def test_every_help_page_is_whole_in_english(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from verbatims import cli

    pages = [[], *([name] for name in typer.main.get_command(cli.app).commands)]
    for page in pages:
        code, text = called([*page, "--help", "--lang", "en"], capsys, monkeypatch)
        assert code == 0
        assert french_in(text) == []
    code, text = called(["--help"], capsys, monkeypatch)
    assert "Ouvrir l'application" in text


def test_a_language_that_there_is_not_is_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, text = called(["status", "x", "--lang", "de"], capsys, monkeypatch)
    assert code == 2
    assert "'de' n'est pas parmi 'fr', 'en'" in text


def called(
    words: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> tuple[int, str]:
    from verbatims import cli

    monkeypatch.setenv(language.VARIABLE, "fr")  # put back after the test, whatever is chosen
    monkeypatch.setattr("sys.argv", ["verbatims", *words])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    out, err = capsys.readouterr()
    return int(stopped.value.code or 0), " ".join((out + err).split())


def french_in(text: str) -> list[str]:
    """The words of our French texts that a text in English has."""
    return FRENCH_LETTERS.findall(text) + re.findall(r"\b(?:une?|des|les|pour|dans|avec)\b", text)
