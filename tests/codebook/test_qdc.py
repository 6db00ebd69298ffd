"""REFI-QDA codebooks as other programs write them, and as they must be written."""

import tempfile
import zipfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatims.codebook import qdc
from verbatims.errors import CodebookError, FileError
from verbatims.model import Codebook, Theme, ThemeStatus

GUID = "1b671a64-40d5-491e-99b0-da01ff1f3341"
OTHER = "5f0b3b62-21f4-4c5f-8c5b-2f7b7a0c9b7e"
NAMESPACE = "urn:QDA-XML:codebook:1.0"


PIECES = (
    *(b"", b"<Code>", b"</Code>", b"<Sets>", b"<CodeBook>", b"<Description>", b"\xff", b"&a;"),
    *(b"<Code name='x::y'>", b"<![CDATA[", b"Identifiant : source", b"\0", b'"'),
)


def named(name: str, inside: str = "", **attributes: str) -> str:
    given = {"guid": GUID, "name": name, "isCodable": "true"} | attributes
    written = " ".join(f'{key}="{value}"' for key, value in given.items())
    return f"<Code {written}>{inside}</Code>"


def described(text: str) -> str:
    return f"<Description>{text}</Description>"


@pytest.fixture
def file(tmp_path: Path):
    """Writes what a program exports, and gives its path."""

    def written(codes: str, *, namespace: str = f'xmlns="{NAMESPACE}"', after: str = "") -> Path:
        path = tmp_path / "grille.qdc"
        book = (
            f"<CodeBook {namespace} origin='Autre'>\n<Codes>\n{codes}\n</Codes>{after}</CodeBook>"
        )
        path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n{book}', encoding="utf-8")
        return path

    return written


def told(path: Path) -> list[str]:
    return [str(problem) for problem in qdc.read(path)[1]]


def refusal(path: Path) -> str:
    with pytest.raises(CodebookError) as error:
        qdc.read(path)
    return str(error.value)


def elements(path: Path) -> list[ElementTree.Element]:
    return list(ElementTree.parse(path).iter(f"{{{NAMESPACE}}}Code"))


# -- written -----------------------------------------------------------------------------


def test_a_theme_is_written_with_its_colour_its_definition_and_its_advice(tmp_path: Path) -> None:
    theme = Theme(
        id="velo",
        label="Vélo & marche",
        definition="Se déplacer à vélo.",
        exclude=("le vélo de course",),
        colour="#1F77B4",
        status=ThemeStatus.RETIRED,
    )
    qdc.write(Codebook((theme,)), tmp_path / "grille.qdc", origin="Verbatims 1")
    (code,) = elements(tmp_path / "grille.qdc")
    assert code.attrib["name"] == "Vélo & marche"
    assert code.attrib["color"] == "#1f77b4"
    assert code.attrib["isCodable"] == "true"
    assert code[0].text == (
        "Se déplacer à vélo.\nExclure : le vélo de course\nStatut : retiré\nIdentifiant : velo"
    )


def test_subthemes_are_written_inside_their_parents(tmp_path: Path) -> None:
    child, parent = Theme("velo", "Vélo", parent="transport"), Theme("transport", "Transport")
    qdc.write(Codebook((child, parent)), tmp_path / "grille.qdc", origin="Verbatims")
    (top, below) = elements(tmp_path / "grille.qdc")
    assert [top.attrib["name"], below.attrib["name"]] == ["Transport", "Vélo"]
    assert below in list(top)


def deep(path: Path, levels: int) -> Path:
    themes = [Theme(f"t{n}", f"T{n}", parent=f"t{n - 1}" if n else "") for n in range(levels)]
    qdc.write(Codebook(tuple(themes)), path, origin="Verbatims")
    return path


def test_fifty_levels_are_written_and_read(tmp_path: Path) -> None:
    assert qdc.read(deep(tmp_path / "grille.qdc", 50))[0].themes[-1].parent == "t48"


@pytest.mark.parametrize("levels", [51, 3_000])
def test_a_deeper_file_is_refused_at_once_with_its_line(tmp_path: Path, levels: int) -> None:
    path = deep(tmp_path / "grille.qdc", levels)
    lines = path.read_text("utf-8").splitlines()
    line = next(n for n, line in enumerate(lines, 1) if 'name="T50"' in line)
    start = perf_counter()
    assert f"grille.qdc, ligne {line} : trop de niveaux" in refusal(path)
    assert perf_counter() - start < 1


def test_a_theme_keeps_its_guid_whatever_becomes_of_its_label(tmp_path: Path) -> None:
    first, second = tmp_path / "avant.qdc", tmp_path / "apres.qdc"
    theme = Theme("velo", "Vélo")
    qdc.write(Codebook((theme,)), first, origin="Verbatims")
    qdc.write(Codebook((replace(theme, label="Bicyclette"),)), second, origin="Verbatims")
    assert elements(first)[0].attrib["guid"] == elements(second)[0].attrib["guid"]


def test_the_guids_of_the_file_it_came_from_are_written_again(file, tmp_path: Path) -> None:
    came_from = file(named("Vélo", guid=f"{{{OTHER}}}") + named("Marche", guid="pas un GUID"))
    book, _ = qdc.read(came_from)
    assert qdc.guids(came_from) == {"velo": f"{{{OTHER}}}"}
    qdc.write(book, tmp_path / "retour.qdc", origin="Verbatims", guids=qdc.guids(came_from))
    assert elements(tmp_path / "retour.qdc")[0].attrib["guid"] == f"{{{OTHER}}}"


def test_a_codebook_without_theme_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="aucun thème"):
        qdc.write(Codebook(()), tmp_path / "grille.qdc", origin="Verbatims")


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="Impossible d'écrire"):
        qdc.write(Codebook((Theme("a", "A"),)), tmp_path, origin="Verbatims")


# -- read as others write ----------------------------------------------------------------


@pytest.mark.parametrize(
    "namespace",
    [
        'xmlns="urn:QDA-XML:codebook:1.0"',
        'xmlns="urn:QDA-XML:codebook:1:0"',
        'xmlns="urn:QDA-XML:codebook:0:4"',
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="x 0:4"',
        "",
    ],
)
def test_every_namespace_in_use_is_read(file, namespace: str) -> None:
    book, problems = qdc.read(file(named("Vélo"), namespace=namespace))
    assert [theme.label for theme in book] == ["Vélo"]
    assert problems == ()


def test_prefixed_elements_are_read(tmp_path: Path) -> None:
    path = tmp_path / "grille.qdc"
    path.write_text(
        '<q:CodeBook xmlns:q="urn:QDA-XML:codebook:1.0"><q:Codes>'
        '<q:Code name="Velo"><q:Description>À deux roues</q:Description></q:Code>'
        "</q:Codes></q:CodeBook>",
        encoding="utf-8",
    )
    assert qdc.read(path)[0].themes[0].definition == "À deux roues"


def test_codes_nest_and_a_description_may_come_after_them(file) -> None:
    inside = named("Vélo", described("À deux\r\n  roues")) + described("Se déplacer")
    transport, velo = qdc.read(file(named("Transport", inside)))[0]
    assert (transport.id, transport.definition) == ("transport", "Se déplacer")
    assert (velo.parent, velo.definition) == ("transport", "À deux roues")


def test_lines_that_a_person_wrote_like_ours_are_understood(file) -> None:
    lines = "À vélo\nexclure: la course\nStatut : peut-être\nTERME : cyclo*\nIdentifiant : À vélo"
    (theme,) = qdc.read(file(named("Vélo", described(lines))))[0]
    assert theme.exclude == ("la course",)
    assert [term.written for term in theme.terms] == ["cyclo*"]
    assert theme.definition == "À vélo Statut : peut-être Identifiant : À vélo"


def test_a_renamed_code_keeps_its_id(file) -> None:
    (theme,) = qdc.read(file(named("Bicyclette", described("Identifiant : velo"))))[0]
    assert (theme.id, theme.label) == ("velo", "Bicyclette")


def test_a_copied_code_does_not_keep_the_id_of_the_first(file) -> None:
    codes = named("Vélo", described("Identifiant : velo"))
    codes += named("Vélo pliant", described("Identifiant : velo"))
    book, problems = qdc.read(file(codes))
    assert [theme.id for theme in book] == ["velo", "velo_pliant"]
    assert "identifiant « velo » déjà pris" in problems[0].message
    assert problems[0].line == 4


@pytest.mark.parametrize(
    ("written", "colour"),
    [
        ("#1f77b4", "#1f77b4"),
        ("#F0A", "#ff00aa"),
        ("1F77B4", "#1f77b4"),
        ("rgb(31, 119, 180)", "#1f77b4"),
        ("rgba(31 119 180 / 50%)", "#1f77b4"),
        ("rgb(100%, 0%, 0%)", "#ff0000"),
        ("31,119,180", "#1f77b4"),
        ("#1f77b480", "#1f77b4"),
        ("#FF1F77B4", "#1f77b4"),
        ("Navy", "#000080"),
        ("", ""),
    ],
)
def test_colours_are_read_however_they_are_written(file, written: str, colour: str) -> None:
    (theme,) = qdc.read(file(named("Vélo", color=written)))[0]
    assert theme.colour == colour


@pytest.mark.parametrize("written", ["chaud", "rgb(300, 0, 0)", "#12345", "rgb(1.2.3, 1, 1)"])
def test_a_colour_that_cannot_be_read_is_left_out_and_told(file, written: str) -> None:
    path = file(named("Vélo", color=written))
    assert qdc.read(path)[0].themes[0].colour == ""
    assert told(path) == [
        f"grille.qdc : couleurs illisibles, laissées au choix de l'outil : « {written} »."
    ]


def test_a_colour_that_was_changed_is_told(file) -> None:
    assert told(file(named("Vélo", color="#1f77b480"))) == [
        "grille.qdc : couleurs réécrites : « #1f77b480 → #1f77b4 »."
    ]


def test_folders_become_themes_and_it_is_told(file) -> None:
    path = file(named("Transport", named("Vélo"), isCodable="false"))
    assert [theme.label for theme in qdc.read(path)[0]] == ["Transport", "Vélo"]
    assert told(path) == [
        "grille.qdc : 1 dossier du fichier, qu'on n'y peut coder (isCodable) : « Transport » ; "
        "ici, des thèmes."
    ]


def test_flattened_names_are_put_back_under_their_parents(file) -> None:
    path = file(named("Transport") + named("Transport::Vélo") + named("Énergie::Solaire"))
    found = [(theme.label, theme.parent) for theme in qdc.read(path)[0]]
    assert found == [
        ("Transport", ""),
        ("Vélo", "transport"),
        ("Énergie", ""),
        ("Solaire", "energie"),
    ]
    assert "parents ajoutés : « Énergie »" in told(path)[0]


def test_two_colons_stay_in_a_name_of_a_file_that_nests(file) -> None:
    path = file(named("Langages", named("std::vector")))
    assert qdc.read(path)[0].themes[1].label == "std::vector"


def test_names_used_twice_carry_the_name_of_their_parent(file) -> None:
    codes = named("Énergie", named("Autre")) + named("Eau", named("Autre") + named("autre"))
    path = file(codes + named("Autre"))
    found = [(theme.label, theme.id) for theme in qdc.read(path)[0]]
    assert found == [
        ("Énergie", "energie"),
        ("Autre (Énergie)", "autre_energie"),
        ("Eau", "eau"),
        ("Autre (Eau)", "autre_eau"),
        ("autre (Eau) (2)", "autre_eau_2"),
        ("Autre", "autre"),
    ]
    assert "noms portés par plusieurs codes" in told(path)[0]


def test_what_has_no_place_here_is_counted(file) -> None:
    sets = (
        f'<Sets><Set guid="{OTHER}" name="Lot"><Description>x</Description>'
        f'<MemberCode guid="{GUID}"/></Set></Sets>'
    )
    path = file(named("Vélo", f'<NoteRef targetGUID="{OTHER}"/>'), after=sets)
    assert told(path) == [
        "grille.qdc : éléments sans équivalent ici, laissés de côté : 1 « NoteRef », 1 « Set »."
    ]


def test_a_term_that_cannot_be_sought_is_left_out_with_its_line(file) -> None:
    path = file(named("Vélo", described("Terme : vélo\nTerme : *vélo")))
    (theme,) = qdc.read(path)[0]
    assert [term.written for term in theme.terms] == ["vélo"]
    assert "ligne 4 : terme laissé de côté : « *vélo »" in told(path)[0]


def test_a_negation_towards_a_theme_that_is_gone_is_left_out(file) -> None:
    path = file(named("Vélo", described("Négation : marche")))
    assert qdc.read(path)[0].themes[0].negation == "keep"
    assert "la négation renvoie au thème inconnu « marche »" in told(path)[0]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_unicode_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "grille.qdc"
    declared = "utf-8" if encoding == "utf-8-sig" else "utf-16"
    text = f'<?xml version="1.0" encoding="{declared}"?><CodeBook><Codes>{named("Vélo 👍")}'
    path.write_bytes(f"{text}</Codes></CodeBook>".encode(encoding))
    assert qdc.read(path)[0].themes[0].label == "Vélo 👍"


def test_utf_8_that_calls_itself_utf_16_is_read(tmp_path: Path) -> None:
    path = tmp_path / "grille.qdc"
    text = f'<?xml version="1.0" encoding="utf-16"?><CodeBook><Codes>{named("Vélo")}'
    path.write_text(f"{text}</Codes></CodeBook>", encoding="utf-8")
    assert qdc.read(path)[0].themes[0].label == "Vélo"


# -- projects ----------------------------------------------------------------------------


def archived(path: Path, held: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    return path


PROJECT = f"""<Project xmlns="urn:QDA-XML:project:1.0" name="Mobilités"><Users/>
<CodeBook><Description>x</Description><Codes>{named("Vélo")}</Codes></CodeBook>
<Sources><TextSource><Description>non</Description><Code name="faux"/></TextSource></Sources>
<Sets><Set name="Lot"/></Sets></Project>"""


@pytest.mark.parametrize("name", ["project.qde", "Project.QDE", "Mon étude.qde"])
def test_a_project_gives_its_codebook_and_its_title(tmp_path: Path, name: str) -> None:
    path = archived(tmp_path / "etude.qdpx", {name: PROJECT, "sources/autre.qde": "<a/>"})
    book, problems = qdc.read(path)
    assert (book.title, [theme.label for theme in book]) == ("Mobilités", ["Vélo"])
    assert [problem.message for problem in problems] == [
        "c'est un projet entier : seule sa grille est lue, ni sources ni codages."
    ]


def test_an_archive_that_is_no_project_says_what_to_export(tmp_path: Path) -> None:
    path = archived(tmp_path / "etude.qdpx", {"sources/a.txt": "a"})
    with pytest.raises(FileError, match="exportez la grille seule"):
        qdc.read(path)


def test_a_damaged_archive_is_told(tmp_path: Path) -> None:
    path = archived(tmp_path / "etude.qdpx", {"project.qde": PROJECT})
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(FileError, match="abîmée"):
        qdc.read(path)


def test_a_real_project_is_read(shared: Path) -> None:
    book, _ = qdc.read(shared / "data" / "qda" / "qualitative_coding_demo.qdpx")
    assert len(book) == 262
    assert len({theme.label for theme in book}) == 262


# -- refused -----------------------------------------------------------------------------


def test_codes_without_a_name_are_all_told_with_their_lines(file) -> None:
    path = file(f'{named("Vélo")}\n<Code guid="{GUID}"/>\n{named(" ")}')
    said = refusal(path)
    assert "grille.qdc, ligne 5 : ce code n'a pas de nom" in said
    assert "grille.qdc, ligne 6 : ce code n'a pas de nom" in said


def test_an_empty_codebook_is_refused(file) -> None:
    assert "aucun code dans ce fichier" in refusal(file(""))


def test_another_kind_of_xml_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.qdc"
    path.write_text("<html><body/></html>")
    assert "la racine du fichier est « html » et non « CodeBook »" in refusal(path)


def test_a_cut_file_is_refused_with_the_line_of_the_cut(file) -> None:
    path = file(named("Vélo"))
    path.write_text(path.read_text("utf-8").split("</Codes>")[0], encoding="utf-8")
    assert "grille.qdc, ligne 5 : le fichier est vide ou coupé" in refusal(path)


@pytest.mark.parametrize("content", [b"", b"PAS DU XML", b"<a>\xe9</a>", b"<a b='1' b='2'/>"])
def test_what_is_no_xml_is_refused_with_advice(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "grille.qdc"
    path.write_bytes(content)
    assert "grille.qdc, ligne 1 : " in refusal(path)


@pytest.mark.parametrize("encoding", ["inconnu", "euc-jp", "base64", "idna"])
def test_an_encoding_that_cannot_be_read_is_refused(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "grille.qdc"
    path.write_bytes(f'<?xml version="1.0" encoding="{encoding}"?><a>é</a>'.encode("latin-1"))
    assert "ligne 1 : encodage inconnu" in refusal(path)


@given(st.integers(0, 900), st.integers(0, 60), st.sampled_from(PIECES))
def test_a_damaged_file_is_read_or_refused(start: int, length: int, piece: bytes) -> None:
    codes = named("A", described("Terme : a") + named("B")) + named("C::D", color="red")
    whole = f"<CodeBook><Codes>{codes}</Codes><Sets><Set/></Sets></CodeBook>".encode()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "grille.qdc"
        path.write_bytes(whole[:start] + piece + whole[start + length :])
        with suppress(CodebookError):
            assert len(qdc.read(path)[0]) > 0


def test_a_file_that_declares_entities_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "grille.qdc"
    path.write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE CodeBook [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
        f"<CodeBook><Codes>{named('&a;')}</Codes></CodeBook>"
    )
    assert "ligne 2 : ce fichier déclare un DOCTYPE" in refusal(path)


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="n'existe pas"):
        qdc.read(tmp_path / "absent.qdc")
    with pytest.raises(FileError, match="Impossible de lire"):
        qdc.read(tmp_path)
