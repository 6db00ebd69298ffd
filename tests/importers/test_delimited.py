"""Text files with separators: encodings, separators, line ends, and what is refused."""

import codecs
import csv
import gzip
import io
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatims.errors import FileError
from verbatims.importers import delimited
from verbatims.model import Raw

TEXT = "id;réponse\n1;Décloisonner, c’est l’été « à cœur »\n2;RAS…\n"


def read(content: bytes, folder: Path, name: str = "enquete.csv") -> Raw:
    path = folder / name
    path.write_bytes(content)
    return delimited.read(path)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (TEXT.encode(), "UTF-8"),
        (TEXT.encode("utf-8-sig"), "UTF-8 avec BOM"),
        (TEXT.encode("utf-16"), "UTF-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.encode("cp1252"), "Windows-1252"),
    ],
)
def test_the_encoding_is_found_out_and_told(content: bytes, told: str, tmp_path: Path) -> None:
    raw = read(content, tmp_path)

    assert list(raw.frame) == ["id", "réponse"]
    assert raw.frame["réponse"].tolist() == ["Décloisonner, c’est l’été « à cœur »", "RAS…"]
    assert raw.origin == f"texte {told}, séparateur : point-virgule"
    assert raw.problems == ()


@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman", "cp850"])
def test_old_encodings_are_told_apart_by_the_french_they_give(
    encoding: str, tmp_path: Path
) -> None:
    raw = read("id;réponse\n1;déjà très élevé\n".encode(encoding), tmp_path)

    assert raw.frame["réponse"].tolist() == ["déjà très élevé"]


def test_bytes_that_do_not_decode_are_told_with_their_lines(tmp_path: Path) -> None:
    content = "id;q\n1;été, déjà à côté\n".encode() + b"2;caf\xe9\n3;\xe0 voir\n"

    raw = read(content, tmp_path)

    (problem,) = raw.problems
    assert "2 caractères illisibles en UTF-8" in problem.message
    assert "lignes 3 et 4" in problem.message
    assert raw.frame["q"].tolist() == ["été, déjà à côté", "caf\ufffd", "\ufffd voir"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends_are_found_out(separator: str, end: str, tmp_path: Path) -> None:
    rows = [["id", "q1", "q2"], ["1", "a, b; c | d\te", "2,5"], ["2", "", "3"]]
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=separator, lineterminator=end).writerows(rows)

    raw = read(written.getvalue().encode(), tmp_path)

    assert [list(raw.frame), *raw.frame.values.tolist()] == rows
    assert raw.lines == (2, 3)


def test_a_comma_in_sentences_does_not_pass_for_a_separator(tmp_path: Path) -> None:
    content = "Qu'attendez-vous, et pourquoi ?\nRien\nDu temps, de l'argent, de l'écoute\n"

    raw = read(content.encode(), tmp_path)

    assert raw.origin == "texte UTF-8, une seule colonne"
    assert raw.frame.iloc[1, 0] == "Du temps, de l'argent, de l'écoute"


@pytest.mark.parametrize("separator", [";", "\t", ",", "|"])
def test_two_headers_are_two_columns_even_over_broken_rows(separator: str, tmp_path: Path) -> None:
    content = "id;com\n1;a\n2\n3\n4;b;c\n".replace(";", separator)

    with pytest.raises(FileError) as caught:
        read(content.encode(), tmp_path)

    assert [problem.line for problem in caught.value.problems] == [3, 4, 5]
    assert "1 cellule au lieu de 2" in caught.value.problems[0].message


def test_a_header_with_a_comma_over_single_words_is_one_column(tmp_path: Path) -> None:
    assert read(b"pour,contre\noui\nnon\n", tmp_path).frame.shape == (2, 1)


def test_a_thousand_faulty_quotes_do_not_fill_the_screen(tmp_path: Path) -> None:
    with pytest.raises(FileError) as caught:
        read(b"id;q\n" + b'1;"a"b"\n' * 1_000, tmp_path)

    assert len(caught.value.problems) == 21


def test_an_iramuteq_corpus_is_refused_with_advice(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="corpus IRaMuTeQ.*une ligne par texte"):
        read(b"**** *ville_Lille *age_2\nDes pistes, partout.\n", tmp_path, "corpus.txt")


def test_the_separator_that_excel_declares_is_obeyed(tmp_path: Path) -> None:
    raw = read(b"sep=|\r\nid|q\r\n1|a;b\r\n", tmp_path)

    assert raw.frame.to_dict("list") == {"id": ["1"], "q": ["a;b"]}
    assert raw.lines == (3,)


def test_line_breaks_inside_quotes_are_part_of_the_answer(tmp_path: Path) -> None:
    raw = read(b'id,q,n\n1,"a\rb\r\nc\nd",2\n2,e,3\n', tmp_path)

    assert raw.frame["q"].tolist() == ["a\rb\r\nc\nd", "e"]
    assert raw.lines == (2, 6)


def test_all_rows_of_the_wrong_width_are_told_together_and_nothing_is_read(
    tmp_path: Path,
) -> None:
    with pytest.raises(FileError) as caught:
        read(b"a;b;c\n1;2;3\n4;5\n6;7;8;9\n7;8;9\n", tmp_path)

    assert [(p.line, p.message[:24]) for p in caught.value.problems] == [
        (3, "2 cellules au lieu de 3 "),
        (4, "4 cellules au lieu de 3 "),
    ]


def test_a_thousand_wrong_rows_do_not_fill_the_screen(tmp_path: Path) -> None:
    with pytest.raises(FileError) as caught:
        read(b"a;b;c\n1;2;3\n" * 100 + b"1;2\n" * 90, tmp_path)

    assert len(caught.value.problems) == 21
    assert caught.value.problems[-1].message == "et 70 autres lignes fautives."


def test_an_unclosed_quote_is_told_with_the_line_where_it_opens(tmp_path: Path) -> None:
    with pytest.raises(FileError) as caught:
        read(b'id;q\n1;a\n2;"jamais\n3;b\n4;c\n', tmp_path)

    (problem,) = caught.value.problems
    assert problem.line == 3
    assert "jamais refermé" in problem.message


def test_a_quote_in_the_middle_of_a_quoted_answer_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileError) as caught:
        read(b'id;q\n1;"il dit "oui" et part"\n2;b\n', tmp_path)

    assert [(p.line, "doublé" in p.message) for p in caught.value.problems] == [(2, True)]


def test_a_workbook_named_csv_is_recognised(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="est un classeur"):
        read(b"PK\x03\x04....", tmp_path)


def test_a_compressed_file_is_read_and_a_cut_one_refused(tmp_path: Path) -> None:
    packed = gzip.compress(TEXT.encode())

    assert len(read(packed, tmp_path, "a.csv.gz").frame) == 2
    with pytest.raises(FileError, match="abîmé ou coupé"):
        read(packed[:-9], tmp_path, "b.csv.gz")


def test_a_compressed_file_cannot_fill_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delimited, "LARGEST", 1_000_000)

    with pytest.raises(FileError, match="dépasse 1 Mo"):
        read(gzip.compress(b"a;b\n" * 1_000_000), tmp_path, "bombe.csv.gz")


FRENCH = st.text(
    st.sampled_from("abéÉàçœ«»’'\" ,;|\t\r\n\u00a0\u202f\u2028\x85\x0b\x1c\ufeff\u200b👍🏽?")
    | st.characters(exclude_characters="\0\ufffd", exclude_categories=["Cs"]),
    max_size=30,
).map(lambda text: unicodedata.normalize("NFD", text) if len(text) % 2 else text)


@given(
    texts=st.lists(FRENCH, min_size=1, max_size=8),
    separator=st.sampled_from(";,\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    header=FRENCH.filter(str.strip),
)
def test_any_text_written_is_read_back_the_same(
    texts: list[str],
    separator: str,
    encoding: str,
    end: str,
    header: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=separator, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerow(["id", header, "fin"])
    writer.writerows([f"r{rank}", text, "."] for rank, text in enumerate(texts))

    raw = read(written.getvalue().encode(encoding), tmp_path_factory.mktemp("csv"))

    assert raw.frame.iloc[:, 1].tolist() == texts
    assert raw.frame["id"].tolist() == [f"r{rank}" for rank in range(len(texts))]
