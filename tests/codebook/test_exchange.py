"""Whole codebooks sent away and taken back: by REFI-QDA, and by table."""

import csv
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import pandas as pd
import xmlschema
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatims import codebook, importers
from verbatims.codebook import qdc, table, terms
from verbatims.codebook.foreign import text
from verbatims.codebook.naming import is_id
from verbatims.codebook.settling import settled
from verbatims.codebook.writing import write
from verbatims.folding import fold
from verbatims.model import DROP, KEEP, Codebook, Raw, Theme, ThemeStatus

TERMS = (
    *("réseau", "agir ensemble", "mutualis*", '"moyens"', "accès … soins", "accès …3 soins"),
    *(
        "prix <…> baisse",
        "réseau sauf réseau social, routier",
        "\"l'un ; l'autre\"",
        "co|construire",
    ),
)
TRAPS = (
    *("Exclure : les doublons", "Définition : voir plus bas", "Statut : retiré", "Terme :"),
    *(
        "-",
        "• une puce",
        "- un tiret",
        "un ; deux",
        "un | deux",
        "Transport::Vélo",
        "R&D <b>&amp;</b>",
    ),
    *("Identifiant : velo", "inclure : tout", "]]>", '« dit "il" »', "👍🏽 œuvre", "'tis"),
)

lines = st.one_of(
    st.sampled_from(TRAPS),
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")), max_size=20).map(text),
)
said = lines.filter(bool)
labels = said.filter(lambda label: not label.startswith("'"))
several = st.lists(said, max_size=3).map(tuple)
ids = st.from_regex(r"[a-z0-9_-]{1,9}", fullmatch=True).filter(is_id)


@st.composite
def loose_books(draw: st.DrawFn) -> Codebook:
    """Themes that other programs may hold, though they do not always stand together here."""
    names = draw(st.lists(labels, min_size=1, max_size=6, unique_by=fold))
    keys = draw(st.lists(ids, min_size=len(names), max_size=len(names), unique=True))
    themes = [
        Theme(
            id=key,
            label=label,
            parent=draw(st.sampled_from(["", *keys[:number]])),
            definition=draw(lines).removeprefix("'"),
            include=draw(several),
            exclude=draw(several),
            examples=draw(several),
            colour=draw(st.sampled_from(["", "#1f77b4", "#000000"])),
            status=draw(st.sampled_from(ThemeStatus)),
            negation=draw(st.sampled_from([KEEP, DROP, *keys])),
            replaces=tuple(draw(st.lists(st.one_of(ids, st.sampled_from(keys)), max_size=2))),
            terms=tuple(
                terms.term(written, 0)
                for written in draw(st.lists(st.sampled_from(TERMS), max_size=4, unique=True))
            ),
        )
        for number, (key, label) in enumerate(zip(keys, names, strict=True))
    ]
    return Codebook(tuple(draw(st.permutations(themes))))


books = loose_books().map(lambda book: Codebook(settled(book.themes)[0]))


def content(book: Codebook) -> list[Theme]:
    """The themes without their places in a file."""
    return [
        replace(theme, line=0, terms=tuple(terms.term(term.written, 0) for term in theme.terms))
        for theme in book.themes
    ]


def by_parent(book: Codebook) -> dict[str, list[Theme]]:
    found: dict[str, list[Theme]] = {}
    for theme in content(book):
        found.setdefault(theme.parent, []).append(theme)
    return found


def raw(book: Codebook) -> Raw:
    header, rows = table.to_rows(book)
    frame = pd.DataFrame(rows, columns=header)
    return Raw(frame, tuple(range(2, len(rows) + 2)), "grille.csv", "")


@settings(max_examples=30)
@given(books)
def test_a_codebook_comes_back_whole_from_refi_qda(book: Codebook) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "grille.qdc"
        qdc.write(book, path, origin="Verbatims")
        read, problems = qdc.read(path)
    assert by_parent(read) == by_parent(book)
    assert problems == ()


@given(books)
def test_a_codebook_comes_back_whole_from_a_table(book: Codebook) -> None:
    read, problems = table.from_rows(raw(book))
    assert content(read) == content(book)
    assert problems == ()


@settings(max_examples=30)
@given(books)
def test_a_codebook_comes_back_whole_from_a_csv_file(book: Codebook) -> None:
    header, rows = table.to_rows(book)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "grille.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";").writerows([header, *rows])
        read, _ = table.from_rows(importers.read(path))
    assert content(read) == content(book)


@given(books)
def test_the_same_codebook_gives_the_same_file_valid_for_the_schema(
    shared: Path, book: Codebook
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder) / "a.qdc", Path(folder) / "b.qdc"
        qdc.write(book, first, origin="Verbatims")
        qdc.write(book, second, origin="Verbatims")
        assert first.read_bytes() == second.read_bytes()
        schema(shared).validate(first)


@cache
def schema(shared: Path) -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(shared / "data" / "qda" / "REFI-QDA-Codebook.xsd")


@settings(max_examples=30)
@given(loose_books())
def test_what_was_read_elsewhere_can_be_written_in_a_study(loose: Codebook) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "grille.qdc"
        qdc.write(loose, path, origin="Verbatims")
        taken, _ = qdc.read(path)
    tabled, _ = table.from_rows(raw(loose))
    assert content(codebook.parse(write(taken))) == content(taken)
    assert content(codebook.parse(write(tabled))) == content(tabled)


def test_the_sample_codebook_comes_back_whole_from_both(tmp_path: Path) -> None:
    book = codebook.load(Path(__file__).parents[2] / "codebook.yaml")
    qdc.write(book, tmp_path / "grille.qdc", origin="Verbatims")
    assert by_parent(qdc.read(tmp_path / "grille.qdc")[0]) == by_parent(book)
    assert content(table.from_rows(raw(book))[0]) == content(book)
