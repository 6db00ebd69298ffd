"""Codebooks kept in a table: what is read of it, and what is refused with its row."""

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from verbatims import importers
from verbatims.codebook import table
from verbatims.codebook.naming import identifier
from verbatims.errors import CodebookError
from verbatims.model import DROP, KEEP, Codebook, Raw, ThemeStatus


def raw(text: str) -> Raw:
    """A table written here with « , » between cells; its header is line 1."""
    header, *rows = [[cell.strip() for cell in line.split(",")] for line in text.splitlines()]
    frame = pd.DataFrame(rows, columns=header)
    return Raw(frame, tuple(range(2, len(rows) + 2)), "grille.csv", "")


def read(text: str) -> Codebook:
    return table.from_rows(raw(text))[0]


def told(text: str) -> list[str]:
    return [str(problem) for problem in table.from_rows(raw(text))[1]]


def refusal(text: str) -> list[str]:
    with pytest.raises(CodebookError) as error:
        table.from_rows(raw(text))
    return [str(problem) for problem in error.value.problems]


# -- read --------------------------------------------------------------------------------


def test_names_parents_and_definitions_make_a_codebook() -> None:
    transport, velo = read("name,parent,definition\nTransport,,Se déplacer\nVélo,Transport,")
    assert (transport.id, transport.label, transport.definition) == (
        "transport",
        "Transport",
        "Se déplacer",
    )
    assert (velo.id, velo.parent, velo.line) == ("velo", "transport", 3)


@pytest.mark.parametrize("header", ["nom", "NOM", "Libellé", "thème", "Code", "label", " Name "])
def test_the_column_of_names_is_known_by_many_headers(header: str) -> None:
    assert [theme.label for theme in read(f"{header}\nVélo")] == ["Vélo"]


def test_names_are_preferred_to_codes() -> None:
    text = "code,libellé\nT1,Vélo"
    assert [theme.label for theme in read(text)] == ["Vélo"]
    assert told(text)[0].startswith("grille.csv : 1 colonne sans emploi ici : « code »")


def test_every_column_finds_its_place() -> None:
    (velo, marche) = read(
        "Nom,ID,Mots-clés,Inclure,Exclus si,exclure,Exemples,Couleur,Statut,Négation,Remplace\n"
        "Vélo,bike,vélo ; cyclo*,tandem,,course | spectacle,J'y vais à vélo,navy,Retiré,écarter,a\n"
        "Marche,,,,,,,,Retiré,Vélo,Vélo"
    ).themes
    assert velo.id == "bike"
    assert [term.written for term in velo.terms] == ["vélo", "cyclo*"]
    assert (velo.include, velo.exclude) == (("tandem",), ("course", "spectacle"))
    assert velo.examples == ("J'y vais à vélo",)
    assert (velo.colour, velo.status) == ("#000080", ThemeStatus.RETIRED)
    assert (velo.negation, velo.replaces) == (DROP, ("a",))
    assert (marche.negation, marche.replaces) == ("bike", ("bike",))


def test_a_theme_without_negation_keeps_negated_mentions() -> None:
    (theme,) = read("nom,négation\nVélo,")
    assert theme.negation == KEEP


def test_a_parent_is_named_by_its_name_or_its_id() -> None:
    text = "nom,id,parent\nTransport,T 1,\nVélo,,transport\nMarche,,T 1\nTrain,,t_1"
    assert {theme.parent for theme in read(text).themes[1:]} == {"t_1"}


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("", []),
        ("vélo", ["vélo"]),
        ("vélo;marche ; ;", ["vélo", "marche"]),
        ("vélo ; marche | train", ["vélo ; marche", "train"]),
        ("vélo ; marche\ntrain", ["vélo ; marche", "train"]),
        ("• vélo ; marche\r\n• train", ["vélo ; marche", "train"]),
        ("- vélo ; marche", ["vélo ; marche"]),
    ],
)
def test_a_cell_holds_several_texts(cell: str, items: list[str]) -> None:
    assert table.items(cell) == items


def test_an_export_that_shields_from_formulas_is_read_as_it_was() -> None:
    assert read("nom,définition\nVélo,'=vélo").themes[0].definition == "=vélo"


def test_columns_without_use_are_told() -> None:
    (said,) = told("nom,couleur préférée,note\nVélo,bleu,3")
    assert "2 colonnes sans emploi ici : « couleur préférée », « note »" in said
    assert "colonnes lues : nom, identifiant, parent" in said


def test_a_term_that_cannot_be_sought_is_left_out_and_told() -> None:
    text = "nom,termes\nVélo,vélo ; *vélo ; Velo"
    assert [term.written for term in read(text).themes[0].terms] == ["vélo"]
    assert told(text)[0].startswith(
        "grille.csv, ligne 2, colonne « termes » : terme laissé de côté : « *vélo »"
    )


def test_an_id_that_is_none_is_put_right_and_told() -> None:
    text = "nom,id\nVélo,Vélo n°1"
    assert read(text).themes[0].id == "velo_n_1"
    assert "identifiant « Vélo n°1 » réécrit « velo_n_1 »" in told(text)[0]


def test_what_the_import_had_to_say_is_kept() -> None:
    path_problems = raw("nom\nVélo")
    warned = Raw(path_problems.frame, (2,), "grille.csv", "", table.from_rows(raw("nom,b\nA,"))[1])
    assert table.from_rows(warned)[1] == warned.problems


# -- refused -----------------------------------------------------------------------------


def test_every_fault_is_told_with_its_row_and_column() -> None:
    said = refusal(
        "nom,parent,couleur,statut,négation\n"
        "Vélo,Transports,,,\n"
        ",,,,\n"
        "Transport,,bleuâtre,,\n"
        "VELO,,,,\n"
        "Marche,,,finie,parfois"
    )
    assert [line.split(" ;")[0] for line in said] == [
        "grille.csv, ligne 2, colonne « parent » : thème parent inconnu : « Transports »",
        "grille.csv, ligne 3, colonne « nom » : ce thème n'a pas de nom",
        "grille.csv, ligne 4, colonne « couleur » : couleur « bleuâtre » illisible",
        "grille.csv, ligne 5, colonne « nom » : nom « VELO » déjà pris ligne 2",
        "grille.csv, ligne 6, colonne « statut » : statut « finie » inconnu",
        "grille.csv, ligne 6, colonne « négation » : négation « parfois » inconnue",
    ]
    assert "vouliez-vous dire « Transport » ?" in said[0]


def test_parents_in_a_loop_are_refused() -> None:
    (said,) = refusal("nom,parent\nVélo,Marche\nMarche,Vélo")
    assert "ligne 2, colonne « parent » : thèmes parents en boucle : Vélo → Marche → Vélo" in said


def test_a_theme_is_not_its_own_parent() -> None:
    assert "Vélo → Vélo" in refusal("nom,parent\nVélo,Vélo")[0]


def test_an_id_taken_twice_is_refused() -> None:
    assert "identifiant « v » déjà pris ligne 2" in refusal("nom,id\nVélo,v\nMarche,v")[0]


def test_a_table_without_names_is_refused() -> None:
    (said,) = refusal("réponse,parent\nVélo,")
    assert "aucune colonne de noms parmi « réponse », « parent »" in said


# -- ids ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Tri sélectif, compost, moins de déchets", "tri_selectif_compost_moins_de_dechets"),
        ("Utilisation d'énergies renouvelables", "utilisation_energies_renouvelables"),
        ("P + de tranches IR", "p_de_tranches_ir"),
        ("Cœur de l’Été", "coeur_de_ete"),
        ("Réduction consommation alimentaire, vestimentaire", "reduction_consommation_alimentaire"),
        ("a" * 50, "a" * 40),
        ("日本", "theme"),
        ("Source", "source_2"),
    ],
)
def test_an_id_is_made_of_the_words_of_the_label(label: str, expected: str) -> None:
    assert identifier(label, ()) == expected


def test_an_id_that_is_taken_gets_a_number_and_stays_short() -> None:
    assert identifier("Vélo", {"velo"}) == "velo_2"
    assert identifier("Vélo", {"velo", "velo_2"}) == "velo_3"
    assert identifier("a" * 50, {"a" * 40}) == "a" * 38 + "_2"


# -- real tables -------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "n"), [("fi8", 16), ("te11", 15), ("redistribution", 13)])
def test_real_definitions_are_read_alike_from_csv_and_from_a_workbook(
    shared: Path, tmp_path: Path, name: str, n: int
) -> None:
    source = shared / "data" / "labelled" / f"definitions_{name}.csv"
    workbook = openpyxl.Workbook()
    for row in pd.read_csv(source, header=None, keep_default_na=False).itertuples(index=False):
        workbook.active.append([cell or None for cell in row])
    workbook.save(tmp_path / "grille.xlsx")
    book, problems = table.from_rows(importers.read(source))
    twin, _ = table.from_rows(importers.read(tmp_path / "grille.xlsx"))
    assert problems == ()
    assert len(book) == n
    assert all(theme.definition for theme in book)
    assert twin == book
