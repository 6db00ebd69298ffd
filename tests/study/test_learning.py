"""What coders decide teaches the study, at the next run and only then."""

import shutil
from functools import cache

import pytest

from verbatims.codebook import writing
from verbatims.errors import StudyError
from verbatims.frames import RANDOM
from verbatims.model import Coder, Role
from verbatims.review import Filters
from verbatims.study import TAGS, Study

SAID = ("financer les projets", "argent des projets", "relier les acteurs", "rien de plus")
N = 200
QUESTIONNAIRE = """questions:
  - {id: repondant, kind: id, column: id}
  - {id: avis, kind: open, column: avis}
"""
CODEBOOK = """themes:
  - {id: financement, label: Financement, definition: "L'argent des projets", terms: [financer]}
  - {id: liens, label: Liens, terms: [relier]}
  - {id: vide, label: Licorne}
"""


@pytest.fixture(scope="module")
def analysed(tmp_path_factory, without_model_here):  # noqa: ARG001  (it replaces the model)
    """A study that has been run, in three classes so that their number is not sought."""
    folder = tmp_path_factory.mktemp("analysed")
    rows = [f"r{number:03};{SAID[number % len(SAID)]} n{number}" for number in range(N)]
    files = {"survey.csv": "id;avis\n" + "\n".join(rows), "questionnaire.yaml": QUESTIONNAIRE}
    for name, text in {**files, "codebook.yaml": CODEBOOK}.items():
        (folder / name).write_text(text, "utf-8")
    made = Study.create(
        folder / "etude",
        questionnaire=folder / "questionnaire.yaml",
        codebook=folder / "codebook.yaml",
    )
    made.import_file(folder / "survey.csv")
    made.run(k=3)
    return folder


@pytest.fixture
def study(analysed, copied, tmp_path):
    """That study, to change at will, with the files that it was made from."""
    return Study.open(copied(analysed, tmp_path) / "etude")


@pytest.fixture(scope="module")
def read_of(analysed, copied, tmp_path_factory):
    """What gives the study once a coder has read `n` answers, analysed again or not: made once."""

    @cache
    def read_of(n, *, run=False):
        folder = read_of(n) if run else analysed
        made = copied(folder, tmp_path_factory.mktemp(f"read-{n}"))
        study = Study.open(made / "etude")
        if run:
            study.run()
        else:
            code(study, n)
        return made

    return read_of


@pytest.fixture
def read(read_of, copied, tmp_path):
    """That study, to change at will, with the files that it was made from."""
    return lambda n, **how: Study.open(copied(read_of(n, **how), tmp_path) / "etude")


def code(study, n, *, order="random"):
    """A coder reads the first `n` answers of an order, and is always right."""
    desk = study.desk(Coder("Anne", Role.CODER))
    for sheet in desk.batch(Filters(order=order), n=n)["sheets"]:
        text = sheet["text"]
        themes = [("financ" in text or "argent" in text, "financement")]
        themes.append(("relier" in text, "liens"))
        found = [theme for holds, theme in themes if holds]
        study.decide("Anne", sheet["id"], present=found, queue=sheet["queue"])


def suggested(study, word):
    tags, texts = study.tags(), study.verbatims().set_index("verbatim_id")["text"]
    holds = tags["verbatim_id"].map(texts).str.contains(word)
    return set(tags.loc[holds, "theme"])


def done(study):
    return [stage.name for stage in study.run() if stage.done]


def test_nothing_is_learned_before_thirty_answers(study):
    code(study, 29)
    assert study.learning.new == 29
    assert done(study) == []
    assert suggested(study, "argent") == set()
    assert "manque 1" in study.learning.proposals().note


def test_what_coders_found_is_suggested_after_the_next_run_and_not_before(read):
    study = read(80)
    assert suggested(study, "argent") == set()
    assert not study.outdated

    assert done(study) == [TAGS]

    assert suggested(study, "argent") == {"financement"}
    assert study.learning.new == 0
    assert not study.outdated
    assert done(study) == []


def test_suggestions_say_why_in_words_of_the_text(read):
    study = read(80, run=True)
    texts = study.verbatims().set_index("verbatim_id")["text"]
    tags = study.tags()
    placed = tags[tags["end"] > tags["start"]]
    assert (tags["rule"] != "").all()
    assert tags["score"].between(0, 1).all()
    for row in placed.itertuples():
        assert texts[row.verbatim_id][row.start : row.end] == row.evidence


def test_learning_is_the_same_whoever_runs_it_again(read):
    study = read(80, run=True)
    before = study.tags()
    study.run(force=True)
    assert study.tags().equals(before)


def test_terms_are_proposed_with_what_they_would_bring(read):
    study = read(80)
    proposed = study.learning.proposals()
    assert ("financement", "argent") in set(
        zip(proposed.additions["theme"], proposed.additions["term"], strict=True)
    )
    assert proposed.unused == ("vide",)


def test_the_terms_alone_can_be_asked_for_and_stay_asked_for(read):
    study = read(80)
    study.run(tagger="lexicon")
    assert suggested(study, "argent") == set()
    assert done(study) == []
    study.run(tagger="combined")
    assert suggested(study, "argent") == {"financement"}


def test_answers_drawn_by_chance_measure_the_suggestions(read):
    study = read(120, run=True)
    assert (study.decisions()["queue"] == RANDOM).all()
    assert len(study.learning.drawn()) == 120
    measured = study.learning.reliability().set_index("theme")
    assert measured.loc["financement", "n"] == 120
    assert measured.loc["financement", "precision_low"] > 0.9


def test_sure_suggestions_are_accepted_unread_marked_and_taken_back(read):
    study = read(150, run=True)
    batch = study.learning.accept("", author="Anne")
    accepted = study.codings().query("source == 'accepted'")
    assert set(accepted["theme"]) <= {"financement", "liens"}
    assert len(accepted) == study.learning.batches()["n"].iloc[0] > 0
    assert study.status().bases["avis"].coded == 150  # accepted is not read

    study.learning.take_back(batch, author="Anne")
    assert study.codings().query("source == 'accepted'").empty


def test_what_is_accepted_is_not_offered_again(read):
    study = read(150, run=True)
    study.learning.accept("")
    assert not any(hasattr(offer, "pairs") for offer in study.learning.offers().values())
    with pytest.raises(StudyError, match="Plus aucune"):
        study.learning.accept("")


def test_suggestions_of_other_texts_are_not_accepted(read, tmp_path):
    study = read(150, run=True)
    changed = (tmp_path / "survey.csv").read_text("utf-8").replace("argent", "le ciel, pas argent")
    (tmp_path / "survey.csv").write_text(changed, "utf-8")
    study.import_file(tmp_path / "survey.csv")
    with pytest.raises(StudyError, match="relancez l'analyse"):
        study.learning.accept("")


def test_a_deleted_cache_offers_nothing_until_the_next_run(read):
    study = read(150)
    shutil.rmtree(study.path / "cache")
    with pytest.raises(StudyError, match="relancez l'analyse"):
        Study.open(study.path).learning.accept("")


def test_answers_that_taught_a_term_no_longer_measure_the_suggestions(read):
    study = read(100)
    taught = writing.add_term(CODEBOOK, "financement", "argent")
    study.editing.save(taught, base=CODEBOOK, said="argent", taught=True)
    study.run()

    aside = len(study.learning.measuring())
    assert 15 <= aside <= 45  # those always held back from proposals
    code(study, 20)
    assert len(study.learning.measuring()) == aside + 20  # and those read since
    assert len(study.learning.drawn()) == 120

    study.editing.undo()
    assert len(study.learning.measuring()) == 120


def test_nothing_is_accepted_unread_under_a_hundred_answers_drawn_by_chance(read):
    study = read(99, run=True)
    with pytest.raises(StudyError, match="il en faut 100"):
        study.learning.accept("financement")


def test_answers_chosen_otherwise_do_not_measure(study):
    code(study, 120, order="file")
    study.run()
    assert len(study.learning.drawn()) < 20


def test_a_codebook_edit_after_learning_makes_the_suggestions_again_only(read):
    study = read(60)
    assert done(study) == [TAGS]
    study.save_codebook(CODEBOOK.replace("[relier]", "[relier, acteurs]"))
    assert study.outdated
    assert done(study) == [TAGS]
