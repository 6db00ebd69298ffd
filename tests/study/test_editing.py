"""The codebook changes under the analyst's eyes: seen before, saved whole, undone, exchanged."""

import pytest

from verbatims.codebook import ChangeKind, writing
from verbatims.errors import CodebookError, StudyError
from verbatims.study import Study

SURVEY = """id;attentes
r1;coordonner les acteurs
r2;financer et coordonner
r3;pas de moyens
r4;animer
"""
QUESTIONNAIRE = """questions:
  - {id: repondant, kind: id, column: id}
  - {id: attentes, kind: open, column: attentes}
"""
CODEBOOK = """# la grille de l'équipe
themes:
  - id: coordination
    label: Coordination
    terms:
      - coordonner  # le verbe d'abord

  - {id: financement, label: Financement, terms: [financer]}
"""


@pytest.fixture(scope="module")
def analysed(tmp_path_factory, without_model_here):  # noqa: ARG001  (it replaces the model)
    folder = tmp_path_factory.mktemp("analysed")
    files = {"survey.csv": SURVEY, "questionnaire.yaml": QUESTIONNAIRE, "codebook.yaml": CODEBOOK}
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    made = Study.create(
        folder / "etude",
        questionnaire=folder / "questionnaire.yaml",
        codebook=folder / "codebook.yaml",
    )
    made.import_file(folder / "survey.csv")
    made.run()
    return folder


@pytest.fixture
def study(analysed, copied, tmp_path):
    """That study, to change at will, with the files that it was made from."""
    return Study.open(copied(analysed, tmp_path) / "etude")


def counts(preview):
    return {row.theme: (row.before, row.after) for row in preview.counts.itertuples()}


def test_a_preview_says_what_would_change_and_changes_nothing(study):
    draft = writing.add_term(study.editing.text(), "coordination", "animer")

    seen = study.editing.preview(draft)

    assert [change.kind for change in seen.changes] == [ChangeKind.TERMS]
    assert counts(seen)["coordination"] == (2, 3)
    assert list(seen.examples.itertuples(index=False, name=None)) == [
        ("coordination", "r4:attentes")
    ]
    assert study.editing.text() == CODEBOOK


def test_a_preview_before_the_first_run_counts_nothing(tmp_path, without_model):  # noqa: ARG001
    study = Study.create(tmp_path / "etude")
    assert study.editing.preview(CODEBOOK).counts["after"].sum() == 0


def test_a_saved_change_keeps_comments_and_is_undone_to_the_byte(study):
    draft = writing.add_term(study.editing.text(), "coordination", "animer")
    study.editing.save(draft, base=CODEBOOK, said="Terme « animer » ajouté", author="Anne")

    assert "# le verbe d'abord" in study.editing.text()
    assert [term.written for term in study.codebook["coordination"].terms] == [
        "coordonner",
        "animer",
    ]
    assert study.editing.undo("Anne") == "Terme « animer » ajouté"
    assert study.editing.text() == CODEBOOK
    assert study.editing.last() is None
    assert study.editing.undo() == ""


def test_changes_are_undone_one_after_the_other(study):
    editing, texts = study.editing, [CODEBOOK]
    for term in ("animer", "piloter", "relier"):
        texts.append(writing.add_term(texts[-1], "coordination", term))
        editing.save(texts[-1], base=texts[-2], said=term)
    assert [editing.undo(), editing.undo(), editing.text()] == ["relier", "piloter", texts[1]]
    editing.save(texts[2], base=texts[1], said="encore")
    assert [editing.undo(), editing.undo(), editing.undo()] == ["encore", "animer", ""]


def test_a_file_that_somebody_else_changed_is_not_overwritten(study):
    draft = writing.add_term(CODEBOOK, "coordination", "animer")
    study.codebook_path.write_text("# autre main\n" + CODEBOOK, "utf-8")

    with pytest.raises(StudyError, match="changée entre-temps"):
        study.editing.save(draft, base=CODEBOOK)
    assert study.editing.text() == "# autre main\n" + CODEBOOK


def test_an_undo_never_takes_away_what_another_program_wrote(study):
    study.editing.save(CODEBOOK + "# relu\n", base=CODEBOOK, said="relecture")
    study.codebook_path.write_text("# autre main\n" + CODEBOOK, "utf-8")

    with pytest.raises(StudyError, match="dans un autre programme"):
        study.editing.undo()
    assert study.editing.text() == "# autre main\n" + CODEBOOK


def test_a_wrong_codebook_is_refused_with_its_places_and_nothing_is_written(study):
    with pytest.raises(CodebookError, match="ligne 8, colonne"):
        study.editing.save(CODEBOOK.replace("financer", "a …"), base=CODEBOOK)
    assert study.editing.text() == CODEBOOK
    assert study.store.edits().empty


def test_a_merge_carries_the_decisions_over(study):
    study.decide("Anne", "r2:attentes", present=["financement"])
    merged = writing.merge(study.editing.text(), ["financement"], into="coordination")
    study.editing.save(merged, base=CODEBOOK)

    kept = study.codings()
    human = kept[kept["source"] == "coder"]
    assert list(human[["verbatim_id", "theme", "present"]].itertuples(index=False, name=None)) == [
        ("r2:attentes", "coordination", True)
    ]


def test_a_split_sends_what_was_coded_back_to_its_readers(study):
    study.decide("Anne", "r2:attentes", present=["financement"])
    parts = "  - {id: argent, label: Argent, replaces: [financement]}\n"
    parts += "  - {id: temps, label: Temps, replaces: [financement]}\n"
    text = writing.set_field(CODEBOOK, "financement", "status", "retired") + parts

    assert study.editing.preview(text).reread == ("r2:attentes",)


def test_a_codebook_goes_to_other_programs_and_comes_back(study, tmp_path):
    for name in ("grille.qdc", "grille.csv", "grille.yaml"):
        study.editing.write_file(tmp_path / name)
        text, problems = study.editing.read_file(tmp_path / name)
        assert study.editing.difference(CODEBOOK, text) == ()
        assert problems == ()


def test_an_exported_codebook_never_overwrites_and_its_kind_is_known(study, tmp_path):
    (tmp_path / "grille.csv").write_text("à moi")
    with pytest.raises(StudyError.__base__, match="existe déjà"):
        study.editing.write_file(tmp_path / "grille.csv")
    with pytest.raises(StudyError.__base__, match="finit par"):
        study.editing.write_file(tmp_path / "grille.doc")
    assert (tmp_path / "grille.csv").read_text() == "à moi"
