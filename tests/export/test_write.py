import os

import pandas as pd
import pytest

from verbatims import export
from verbatims.errors import FileError
from verbatims.export import FRENCH, WRITERS, Results, write
from verbatims.frames import ANSWERS, CODINGS, PICKS, RESPONDENTS, TAGS
from verbatims.model import Codebook, CodedCorpus, Questionnaire


def results(text):
    """A study of one verbatim."""
    return Results(
        CodedCorpus(
            questionnaire=Questionnaire(()),
            codebook=Codebook(()),
            respondents=RESPONDENTS.empty(),
            answers=ANSWERS.empty(),
            verbatims=pd.DataFrame(
                [("r1:q", "r1", "q", text, "answered")],
                columns=["verbatim_id", "respondent_id", "question", "text", "status"],
            ),
            tags=TAGS.empty(),
            codings=CODINGS.empty(),
            readers={},
        ),
        PICKS.empty(),
        {},
    )


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_all_files_are_written_and_nothing_else(tmp_path):
    folder = tmp_path / "exports"
    paths = write(results("un"), folder)
    assert paths == [folder / name for name in WRITERS]
    assert set(contents(folder)) == set(WRITERS)


def test_the_same_results_give_the_same_bytes(tmp_path):
    write(results("un"), tmp_path / "a")
    write(results("un"), tmp_path / "b")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_the_files_are_for_french_excel_unless_asked(tmp_path):
    write(results("un"), tmp_path / "a")
    write(results("un"), tmp_path / "b", dialect=FRENCH)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    write(results("un"), tmp_path / "c", dialect=export.INTERNATIONAL)
    assert contents(tmp_path / "c")["verbatims_codes.csv"].startswith("verbatim,répondant".encode())


def test_a_writer_that_fails_leaves_the_previous_files(tmp_path, monkeypatch):
    write(results("un"), tmp_path)
    before = contents(tmp_path)

    def fail(_results, path, _dialect):
        path.write_text("half a fi", "utf-8")
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(WRITERS, "citations.csv", fail)
    with pytest.raises(FileError, match="Impossible d'écrire dans le dossier"):
        write(results("deux"), tmp_path)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("locked", WRITERS)
@pytest.mark.parametrize("existing", [True, False])
def test_a_file_open_elsewhere_is_named_and_all_files_stay(tmp_path, monkeypatch, locked, existing):
    if existing:
        write(results("un"), tmp_path)
    before = contents(tmp_path)
    replace = os.replace

    def held(source, target):
        if os.path.basename(target) == locked:
            raise PermissionError(13, "The process cannot access the file")
        replace(source, target)

    monkeypatch.setattr(os, "replace", held)
    with pytest.raises(FileError, match=f"{locked}.*ouvert dans un tableur.*Fermez-le"):
        write(results("deux"), tmp_path)
    assert contents(tmp_path) == before


def test_a_folder_that_cannot_be_made_is_an_advice(tmp_path):
    (tmp_path / "exports").write_text("un fichier", "utf-8")
    with pytest.raises(FileError, match="choisissez un autre dossier"):
        write(results("un"), tmp_path / "exports")
