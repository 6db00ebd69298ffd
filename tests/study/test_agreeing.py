"""Two coders read the same answers: what they disagree on, what is decided, what it is worth."""

import pytest

from verbatims.errors import StudyError
from verbatims.model import Role
from verbatims.study import Study

QUESTIONNAIRE = """questions:
  - {id: repondant, kind: id, column: id}
  - {id: avis, kind: open, column: avis}
"""
CODEBOOK = """themes:
  - {id: argent, label: Argent, definition: "L'argent", terms: [financer]}
  - {id: liens, label: Liens, definition: "Les liens", terms: [relier]}
"""
N = 40


@pytest.fixture(scope="module")
def analysed(tmp_path_factory, without_model_here):  # noqa: ARG001  (it replaces the model)
    folder = tmp_path_factory.mktemp("agreeing")
    said = ("financer les projets", "relier les acteurs")
    rows = [f"r{n:02};{said[n % 2]} n{n}" for n in range(N)]
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


@pytest.fixture(scope="module")
def read(analysed, copied, tmp_path_factory):
    """Anne and Paul read everything, and disagree on the first two answers."""
    folder = copied(analysed, tmp_path_factory.mktemp("read"))
    made = Study.open(folder / "etude")
    for n in range(N):
        right = ["argent", "liens"][n % 2]
        made.decide("Anne", f"r{n:02}:avis", present=[right])
        made.decide("Paul", f"r{n:02}:avis", present=[] if n < 2 else [right])
    return folder


@pytest.fixture
def study(read, copied, tmp_path):
    """That study, to change at will, with the files that it was made from."""
    return Study.open(copied(read, tmp_path) / "etude")


def held(study, verbatim_id):
    kept = study.codings()
    own = kept[(kept["verbatim_id"] == verbatim_id) & kept["present"]]
    return set(own["theme"])


def test_the_queue_names_who_says_what_in_the_order_of_the_file(study):
    found = study.agreement.disagreements()
    assert found["verbatim_id"].tolist() == ["r00:avis", "r01:avis"]
    assert found["theme"].tolist() == ["argent", "liens"]
    assert found.loc[0, "retained"] == ("Anne",)
    assert found.loc[0, "rejected"] == ("Paul",)


def test_an_adjudication_counts_in_the_codings_and_can_be_taken_back(study):
    assert held(study, "r00:avis") == {"argent"}
    before = study.decisions()
    study.agreement.adjudicate("Léa", "r00:avis", {"argent": False}, reason="hors sujet")
    assert held(study, "r00:avis") == set()
    assert study.agreement.disagreements().loc[0, "ruling"] is False
    assert study.agreement.undo("Léa", "r00:avis")
    assert held(study, "r00:avis") == {"argent"}
    assert not study.agreement.undo("Léa", "r00:avis")
    assert before.equals(study.decisions())


def test_an_adjudication_leaves_the_suggestions_of_the_last_run_as_they_are(study):
    study.run(k=3)
    study.agreement.adjudicate("Léa", "r00:avis", {"argent": False}, reason="hors sujet")
    assert not study.outdated
    assert [stage.name for stage in study.run() if stage.done] == ["suggestions"]


def test_only_a_lead_adjudicates_and_says_why(study):
    with pytest.raises(StudyError, match="motif"):
        study.agreement.adjudicate("Léa", "r00:avis", {"argent": True}, reason=" ")
    study.team.add("Léa", Role.LEAD)
    study.team.add("Paul", Role.CODER)
    with pytest.raises(StudyError, match="responsable"):
        study.agreement.adjudicate("Paul", "r00:avis", {"argent": True}, reason="évident")
    study.agreement.adjudicate("Léa", "r00:avis", {"argent": True}, reason="évident")
    with pytest.raises(StudyError, match="responsable"):
        study.agreement.undo("Paul", "r00:avis")


def test_what_two_have_not_read_is_not_adjudicated(study):
    study.undo("Paul")
    with pytest.raises(StudyError, match="deux lecteurs"):
        study.agreement.adjudicate("Léa", f"r{N - 1}:avis", {"liens": True}, reason="évident")


def test_what_is_still_read_blind_is_nowhere(study):
    import pandas as pd

    three = pd.DataFrame({"verbatim_id": "r00:avis", "coder": ["Anne", "Paul", "Zoé"]})
    study.store.add_plan(three, about={}, blind=True, hides_machine=False, author="Léa")
    assert study.agreement.disagreements()["verbatim_id"].tolist() == ["r01:avis"]
    assert "r00:avis" not in set(study.agreement.votes()["verbatim_id"])
    assert "r00:avis" not in set(study.agreement.traces()["verbatim_id"])
    with pytest.raises(StudyError, match="aveugle"):
        study.agreement.adjudicate("Léa", "r00:avis", {"argent": True}, reason="évident")


def test_every_final_coding_traces_to_its_readers(study):
    study.agreement.adjudicate("Léa", "r00:avis", {"argent": False}, reason="hors sujet")
    told = study.agreement.traces().set_index("verbatim_id")
    ruled = told.loc["r00:avis"]
    assert (ruled["how"], ruled["author"], ruled["reason"]) == ("arbitrage", "Léa", "hors sujet")
    assert ruled["votes"] == "Anne : présent | Paul : absent"
    assert told.loc["r01:avis", "how"] == "désaccord"
    assert told.loc["r02:avis", "how"] == "accord"


def test_the_export_traces_every_coding(study):
    study.run(k=3)
    details = next(path for path in study.export() if path.name == "codages_details.csv")
    lines = details.read_text("utf-8-sig").splitlines()
    assert len(lines) == 1 + N
    assert lines[1].endswith("désaccord;Anne : présent | Paul : absent;;")


def test_two_coders_are_measured_by_theme_and_on_whole_answers(study):
    (measured,) = study.agreement.measures("avis")
    rows = measured.themes.rows.set_index("theme")
    assert measured.name == "Anne – Paul"
    assert rows.loc["argent", ["n", "both", "first", "neither"]].tolist() == [40, 19, 1, 20]
    assert rows.loc["argent", "kappa"] == pytest.approx(0.95)
    assert measured.sets.rows["verdict"].tolist() == ["solide"] * 3


def test_three_coders_come_together_first_then_two_by_two(study):
    for n in range(20):
        study.decide("Zoé", f"r{n:02}:avis", present=[["argent", "liens"][n % 2]])
    names = [measured.name for measured in study.agreement.measures()]
    assert names == ["Anne – Paul – Zoé", "Anne – Paul", "Anne – Zoé", "Paul – Zoé"]
    some = study.agreement.measures(coders=["Anne", "Zoé"])
    assert [measured.name for measured in some] == ["Anne – Zoé"]
    assert some[0].themes.rows["n"].tolist() == [20, 20]


def test_coders_and_machine_are_set_apart(study):
    (measured,) = study.agreement.measures(machine=True)
    assert measured.machine
    rows = measured.themes.rows.set_index("theme")
    assert rows.loc["argent", "both"] == 20
    assert "pas vu la réponse" in " ".join(measured.themes.notes)


def test_one_coder_alone_agrees_with_nobody(analysed, copied, tmp_path):
    alone = Study.open(copied(analysed, tmp_path) / "etude")
    alone.decide("Anne", "r00:avis", present=["argent"])
    assert alone.agreement.measures() == ()
    assert alone.agreement.disagreements().empty


def test_what_was_coded_in_number_is_nobody_s_own_reading(study):
    n = len(study.agreement.votes())
    for coder, theme in (("Zoé", "argent"), ("Léa", "argent")):
        rows = [
            {"verbatim_id": "r00:avis", "theme": of, "coder": coder, "value": value}
            for of, value in ((theme, "present"), ("", "read"))
        ]
        study.store.add_decisions(rows, gesture=coder, codebook=study.codebook.hash, queue="bulk")
    assert len(study.agreement.votes()) == n


def test_the_measure_says_how_many_answers_were_not_read_blind_and_how_many_read_again(study):
    study.decide("Paul", "r00:avis", present=["argent"])
    notes = " ".join(study.agreement.measures()[0].themes.notes)
    assert f"{N} réponses sur {N} à lire sans répartition en aveugle" in notes
    assert "1 lecture refaite" in notes


def test_what_is_said_of_a_blind_answer_once_it_is_open_changes_no_measure(study):
    import pandas as pd

    two = pd.DataFrame({"verbatim_id": "r00:avis", "coder": ["Anne", "Paul"]})
    study.store.add_plan(two, about={}, blind=True, hides_machine=False, author="Léa")
    before = study.agreement.votes()
    study.decide("Paul", "r00:avis", present=["argent"])
    assert study.agreement.votes().equals(before)
    assert study.agreement.disagreements()["verbatim_id"].tolist() == ["r01:avis"]
    notes = " ".join(study.agreement.measures()[0].themes.notes)
    assert "1 réponse en aveugle où une lecture est reprise ou refaite" in notes
    assert "depuis la première fois" not in notes
