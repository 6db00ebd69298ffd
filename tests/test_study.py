"""A study joins the stages: what changed is done again, what did not is not, nothing is lost."""

import shutil

import pandas as pd
import pytest

from verbatims import frames
from verbatims.errors import CodebookError, FileError, StudyError
from verbatims.model import Coder, Figure, Role, Source
from verbatims.review import Filters
from verbatims.study import CLUSTERS, LEMMAS, TAGS, Study

SURVEY = """id;Structure;Attentes
r1;Association;Coordonner les acteurs
r2;Entreprise;Financer et coordonner
r3;Entreprise;RAS
r4;Association;
"""
QUESTIONNAIRE = """title: Essai
questions:
  - {id: repondant, kind: id, column: id}
  - {id: structure, kind: single, profile: true, column: Structure}
  - {id: attentes, kind: open, column: Attentes, text: "Qu'attendez-vous ?"}
  - {id: personne, kind: id, source: interview, column: qui}
  - {id: propos, kind: open, source: interview, column: propos}
"""
CODEBOOK = """themes:
  - {id: coordination, label: Coordination, terms: [coordonner]}
  - {id: financement, label: Financement, terms: [financer]}
"""


@pytest.fixture(scope="module")
def imported(tmp_path_factory, without_model_here):  # noqa: ARG001  (it replaces the model)
    folder = tmp_path_factory.mktemp("imported")
    files = {"survey.csv": SURVEY, "questionnaire.yaml": QUESTIONNAIRE, "codebook.yaml": CODEBOOK}
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    made = Study.create(
        folder / "etude",
        questionnaire=folder / "questionnaire.yaml",
        codebook=folder / "codebook.yaml",
    )
    made.import_file(folder / "survey.csv")
    return folder


@pytest.fixture
def study(imported, copied, tmp_path):
    """That study, to change at will, with the files that it was made from."""
    return Study.open(copied(imported, tmp_path) / "etude")


def done(study: Study, **options: object) -> list[str]:
    return [stage.name for stage in study.run(**options) if stage.done]  # type: ignore[arg-type]


def test_a_run_does_every_stage_once(study):
    assert done(study) == [LEMMAS, TAGS, CLUSTERS]
    assert done(study) == []


def test_after_a_codebook_edit_only_tagging_runs_again(study):
    study.run()
    study.save_codebook(CODEBOOK + "  - {id: acteurs, label: Acteurs, terms: [acteurs]}\n")
    assert done(study) == [TAGS]
    assert "acteurs" in set(study.tags()["theme"])


def test_a_comment_in_the_codebook_changes_nothing(study):
    study.run()
    study.save_codebook("# relu en équipe\n" + CODEBOOK)
    assert done(study) == []


def test_another_number_of_classes_groups_again_only(study):
    study.run()
    assert done(study, k=2) == [CLUSTERS]


def test_new_texts_run_everything_again(study, tmp_path):
    study.run()
    (tmp_path / "survey.csv").write_text(SURVEY + "r5;Association;Se rencontrer\n", "utf-8")
    study.import_file(tmp_path / "survey.csv")
    assert done(study) == [LEMMAS, TAGS, CLUSTERS]


def test_force_does_it_all_again_and_gives_the_same(study):
    study.run()
    before = study.tags()
    assert done(study, force=True) == [LEMMAS, TAGS, CLUSTERS]
    pd.testing.assert_frame_equal(study.tags(), before)


def test_a_deleted_cache_is_made_again(study):
    study.run()
    for path in sorted((study.path / "cache").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    assert done(study) == [LEMMAS, TAGS, CLUSTERS]


def test_runs_are_remembered_with_their_parameters_and_codebook(study):
    study.run(k=2)
    runs = study.store.runs()
    assert list(runs["stage"]) == [LEMMAS, TAGS, CLUSTERS]
    assert set(runs["codebook_hash"]) == {study.codebook.hash}
    assert '"k": 2' in runs["parameters"].iloc[2]


def test_tags_index_the_original_text(study):
    study.run()
    texts = study.verbatims().set_index("verbatim_id")["text"]
    tags = study.tags()
    assert len(tags) == 3
    for tag in tags.itertuples():
        assert texts[tag.verbatim_id][tag.start : tag.end] == tag.evidence


def test_a_failed_import_leaves_the_study_as_it_was(study, tmp_path):
    before = study.verbatims()
    (tmp_path / "faux.csv").write_text('id;Structure;Attentes\nr1;Association;"jamais fermé\n')
    with pytest.raises(FileError):
        study.import_file(tmp_path / "faux.csv")
    pd.testing.assert_frame_equal(study.verbatims(), before)
    assert study.store.imports_made() == 1


def test_a_wrong_codebook_is_refused_and_the_old_one_stays(study):
    with pytest.raises(CodebookError, match=r"codebook\.yaml"):
        study.save_codebook("themes:\n  - {id: x, label: X, termes: [y]}\n")
    assert study.codebook_path.read_text("utf-8") == CODEBOOK
    assert not [path for path in study.path.iterdir() if path.name.startswith(".draft")]


def test_interviews_join_the_survey_without_touching_its_base(study, tmp_path):
    (tmp_path / "propos.csv").write_text("qui;propos\nE1;Coordonner mieux\nE1;Puis financer\n")
    study.import_file(tmp_path / "propos.csv", source=Source.INTERVIEW)
    assert study.status().bases["attentes"].asked == 4
    assert study.status().bases["propos"].asked == 1
    assert list(study.verbatims()["verbatim_id"])[-2:] == ["E1:propos:1", "E1:propos:2"]


def unread(study: Study, coder: str) -> list[str]:
    """The verbatims that come to a coder."""
    batch = study.desk(Coder(coder, Role.CODER)).batch(Filters())
    return [sheet["id"] for sheet in batch["sheets"]]


def test_coding_moves_a_verbatim_out_of_the_queue_and_undo_brings_it_back(study):
    study.run()
    assert unread(study, "Anne") == ["r1:attentes", "r2:attentes"]
    study.decide("Anne", "r1:attentes", present=["coordination"])
    assert unread(study, "Anne") == ["r2:attentes"]
    assert study.undo("Anne") == "r1:attentes"
    assert unread(study, "Anne") == ["r1:attentes", "r2:attentes"]
    assert study.undo("Anne") is None


def test_nobody_codes_by_default(study):
    with pytest.raises(StudyError, match="qui code"):
        study.decide(" ", "r1:attentes", present=[])


def test_a_theme_that_is_not_in_the_codebook_cannot_be_found(study):
    with pytest.raises(StudyError, match="pas de thème « mobilité »"):
        study.decide("Anne", "r1:attentes", present=["mobilité"])
    assert study.decisions().empty


def test_a_text_that_changes_after_it_was_read_is_to_read_again(study, tmp_path):
    study.run()
    study.decide("Anne", "r1:attentes", present=["coordination"])
    (tmp_path / "survey.csv").write_text(SURVEY.replace("Coordonner les", "Oublier les"), "utf-8")
    study.import_file(tmp_path / "survey.csv")
    assert "r1:attentes" in unread(study, "Anne")
    assert study.status().bases["attentes"].coded == 0


def test_a_theme_added_after_the_reading_has_no_share(study):
    study.run()
    study.decide("Anne", "r1:attentes", present=["coordination"])
    study.decide("Anne", "r2:attentes", present=[])
    study.save_codebook(CODEBOOK + "  - {id: acteurs, label: Acteurs, terms: [acteurs]}\n")
    study.run()
    table = study.figures.table(Figure("attentes"))
    assert list(table.rows["share"].isna()) == [True, True, True]  # two answers: too few to show
    assert any("« Acteurs »" in note for note in table.notes)


def test_an_export_never_carries_suggestions_of_other_texts(study, tmp_path):
    with pytest.raises(StudyError, match="relancez l'analyse"):
        study.export()
    study.run()
    assert not study.outdated
    (tmp_path / "survey.csv").write_text(SURVEY + "r5;Association;Se rencontrer\n", "utf-8")
    study.import_file(tmp_path / "survey.csv")
    assert study.status().outdated
    with pytest.raises(StudyError, match="relancez l'analyse"):
        study.export()


def test_the_number_of_classes_asked_for_is_kept_until_another_is(study):
    study.run(k=2)
    assert done(study) == []
    assert done(study, k=0) == [CLUSTERS]
    assert done(study) == []


def test_a_share_appears_once_everything_is_read(study):
    study.run()
    study.decide("Anne", "r1:attentes", present=["coordination"])
    assert study.figures.table(Figure("attentes")).rows["share"].isna().all()
    study.decide("Anne", "r2:attentes", present=["coordination", "financement"])
    table = study.figures.table(Figure("attentes"))
    assert (table.base.asked, table.base.answered, table.base.coded) == (4, 2, 2)
    assert list(table.rows["n"]) == [2, 1]


def test_picks_keep_their_order_and_notes(study):
    study.picks.add("r2:attentes")
    study.picks.add("r1:attentes")
    study.picks.add("r1:attentes")
    study.picks.annotate("r1:attentes", "ouvre la partie 2")
    study.picks.reorder(["r1:attentes", "r2:attentes"])
    assert list(study.picks.frame()["verbatim_id"]) == ["r1:attentes", "r2:attentes"]
    assert list(study.picks.frame()["note"]) == ["ouvre la partie 2", ""]
    study.picks.remove("r1:attentes")
    assert list(study.picks.frame()["verbatim_id"]) == ["r2:attentes"]


def test_quotes_chosen_at_the_same_time_are_all_kept(study):
    other = Study.open(study.path)
    study.picks.add("r1:attentes")
    shown = list(other.picks.frame()["verbatim_id"])
    study.picks.add("r2:attentes")
    other.picks.reorder(shown)
    assert list(study.picks.frame()["verbatim_id"]) == ["r1:attentes", "r2:attentes"]


def test_exporting_twice_gives_the_same_bytes(study):
    study.run()
    study.decide("Anne", "r1:attentes", present=["coordination"])
    study.picks.add("r1:attentes")
    first = {path.name: path.read_bytes() for path in study.export()}
    assert {path.name: path.read_bytes() for path in study.export()} == first
    assert len(first) == 7


def test_a_study_is_never_made_over_another(study):
    with pytest.raises(StudyError, match="déjà une étude"):
        Study.create(study.path)


def test_a_ruling_on_how_a_word_is_read_runs_everything_again(study):
    study.run()
    study.words.rule(frames.REPAIR, "acteurs", "acteurs")

    assert study.outdated
    assert done(study) == [LEMMAS, TAGS, CLUSTERS]
    assert not study.outdated


def test_an_expression_or_a_stop_word_only_groups_again(study):
    study.run()
    study.words.rule(frames.EXPRESSION, "les acteurs", frames.HELD)
    assert done(study) == [CLUSTERS]
    study.words.rule(frames.STOP_WORD, "acteurs", frames.STOP)
    assert done(study) == [CLUSTERS]
    assert not study.outdated


def test_a_ruling_taken_back_leaves_things_as_they_were(study):
    study.run()
    study.words.rule(frames.REPAIR, "acteurs", "actrices")
    study.words.take_back(frames.REPAIR, "Acteurs")

    assert study.words.rulings().empty
    assert done(study) == []


def test_a_ruling_keeps_its_reason_author_and_date(study):
    study.words.rule(frames.LEMMA, "acteurs", "acteur", reason="pluriel", author="Anne")

    (ruling,) = study.words.rulings().to_dict("records")
    assert (ruling["form"], ruling["value"], ruling["reason"]) == ("acteurs", "acteur", "pluriel")
    assert ruling["author"] == "Anne"
    assert ruling["made_at"] > "2020"


def test_an_answer_declared_empty_leaves_the_base_and_comes_back(study):
    study.run()
    assert study.status().bases["attentes"].answered == 2
    study.words.rule(frames.EMPTY_ANSWER, "financer et coordonner !", frames.EMPTY)
    study.words.rule(frames.EMPTY_ANSWER, "ras", frames.ANSWERED)
    study.run()

    base = study.status().bases["attentes"]
    assert (base.answered, base.empty) == (2, 1)
    assert set(study.tags()["verbatim_id"]) == {"r1:attentes"}
    study.words.take_back(frames.EMPTY_ANSWER, "Financer et coordonner")
    study.run()
    assert study.status().bases["attentes"].answered == 3


def test_a_ruling_waits_for_the_next_run(study):
    study.run()
    study.words.rule(frames.EMPTY_ANSWER, "Financer et coordonner", frames.EMPTY)
    study.words.rule(frames.EXPRESSION, "les acteurs", frames.HELD)

    assert study.words.waiting() == study.status().waiting == 2
    assert study.status().bases["attentes"].answered == 2
    assert study.words.held().empty
    study.run()
    assert study.words.waiting() == 0
    assert study.status().bases["attentes"].answered == 1
    assert study.words.held()["n"].tolist() == [1]
    study.words.take_back(frames.EXPRESSION, "les acteurs")
    assert study.words.waiting() == 1


def test_a_first_look_says_so_until_the_complete_analysis(study):
    study.run(fast=True)
    assert study.status().fast
    assert not study.outdated
    assert done(study) == [LEMMAS, TAGS, CLUSTERS]
    assert not study.status().fast


def test_a_refused_expression_is_no_longer_proposed_and_waits_for_nothing(study):
    study.run()
    study.words.rule(frames.EXPRESSION, "les acteurs", frames.REFUSED)
    assert study.words.waiting() == 0
    study.words.rule(frames.EXPRESSION, "les acteurs", frames.HELD)
    assert study.words.waiting() == 1


def test_a_ruling_that_does_not_stand_cannot_be_taken_back(study):
    study.words.rule(frames.LEMMA, "acteurs", "acteur", pos="NOUN", reason="pluriel")

    with pytest.raises(StudyError, match="Aucune décision ne porte sur « acteurs »"):
        study.words.take_back(frames.LEMMA, "acteurs")
    study.words.take_back(frames.LEMMA, "Acteurs", pos="NOUN")
    assert study.words.rulings().empty


def test_rulings_are_heard_again_once_the_cache_is_deleted(study):
    study.words.rule(frames.EMPTY_ANSWER, "Financer et coordonner", frames.EMPTY)
    study.run()
    shutil.rmtree(study.path / "cache")

    assert study.status().bases["attentes"].answered == 1
