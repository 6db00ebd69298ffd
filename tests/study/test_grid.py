"""The grid: a page of answers as one coder may see them, and one gesture on many of them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from verbatims.errors import StudyError
from verbatims.model import Coder, Role
from verbatims.study import Study
from verbatims.study.desk import bulk, grid
from verbatims.study.desk.grid import Page, Wanted

SURVEY = """id;Structure;Note;Attentes
r1;Association;10;Zones à coordonner
r2;Entreprise;9;Financer, puis coordonner
r10;Entreprise;2;écouter
r3;Association;;Financer
r4;Association;7;« Au calme »
"""
QUESTIONNAIRE = """title: Essai
questions:
  - {id: repondant, kind: id, column: id}
  - {id: structure, kind: single, profile: true, column: Structure}
  - {id: note, kind: rating, column: Note, bounds: [0, 10]}
  - {id: attentes, kind: open, column: Attentes, text: "Qu'attendez-vous ?"}
"""
CODEBOOK = """themes:
  - {id: coordination, label: Coordination, terms: [coordonner]}
  - {id: financement, label: Financement, terms: ["financer*"]}
  - {id: calme, label: Calme, terms: [calme]}
"""

ANNE, PAUL = "Anne", "Paul"


@pytest.fixture(scope="module")
def analysed(tmp_path_factory: pytest.TempPathFactory, without_model_here: None) -> Path:  # noqa: ARG001
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
def study(analysed: Path, copied: Callable[[Path, Path], Path], tmp_path: Path) -> Study:
    """That study, to change at will, with the files that it was made from."""
    return Study.open(copied(analysed, tmp_path) / "etude")


class Seen:
    """The grid of one coder, as it is each time one looks."""

    def __init__(self, study: Study, coder: str = ANNE, role: Role = Role.LEAD) -> None:
        self.study = study
        self.desk = study.desk(Coder(coder, role))

    def page(self, wanted: Wanted = Wanted(), **asked: Any) -> dict[str, Any]:  # noqa: B008
        shown = asked.pop("columns", ("respondent", "text", "themes"))
        return grid.page(self.desk.view(), wanted, Page(shown, **asked))

    def people(self, wanted: Wanted = Wanted(), **asked: Any) -> list[str]:  # noqa: B008
        return [row["respondent"] for row in self.page(wanted, **asked)["rows"]]

    def row(self, respondent: str) -> dict[str, Any]:
        return next(row for row in self.page()["rows"] if row["respondent"] == respondent)

    def themes(self, respondent: str) -> list[tuple[str, str]]:
        return [(chip["theme"], chip["state"]) for chip in self.row(respondent)["themes"]]

    def ids(self, *respondents: str) -> list[str]:
        return [self.row(name)["id"] for name in respondents]

    def decide(self, respondent: str, *present: str, spans: list[list[Any]] | None = None) -> None:
        (name,) = self.ids(respondent)
        entry = {"uid": f"{self.desk.coder.name} {name}", "what": "decide", "verbatim": name}
        self.write({**entry, "present": list(present), "spans": spans or []})

    def write(self, entry: dict[str, Any]) -> None:
        acked, refused = self.desk.write([entry])
        assert (acked, refused) == ([entry["uid"]], [])

    def bulk(self, what: str, *people: str, theme: str = "", uid: str = "u1") -> dict[str, Any]:
        view = self.desk.view()
        places = bulk.places_of(view, self.ids(*people))
        return bulk.write(view, uid, bulk.effect(view, what, theme, places))


@pytest.fixture
def anne(study: Study) -> Seen:
    return Seen(study)


@pytest.fixture
def paul(study: Study) -> Seen:
    return Seen(study, PAUL)


def blind(study: Study, seen: Seen, *people: str, hides_machine: bool) -> None:
    """Anne and Paul are to read the answers of these people without seeing each other's work."""
    names = seen.ids(*people)
    rows = [(name, coder) for name in names for coder in (ANNE, PAUL)]
    assigned = pd.DataFrame(rows, columns=["verbatim_id", "coder"])
    study.store.add_plan(assigned, about={}, blind=True, hides_machine=hides_machine, author=ANNE)


# -- pages, orders, filters ----------------------------------------------------------------


def test_a_page_holds_as_many_answers_as_asked_and_says_how_many_there_are(anne: Seen) -> None:
    first, last = anne.page(size=2), anne.page(size=2, number=9)
    assert [row["respondent"] for row in first["rows"]] == ["r1", "r2"]
    assert (first["total"], first["pages"], first["page"]) == (5, 3, 1)
    assert [row["respondent"] for row in last["rows"]] == ["r4"]
    assert last["page"] == 3


def test_respondents_sort_by_their_number_and_texts_whatever_their_accents(anne: Seen) -> None:
    assert anne.people(column="respondent") == ["r1", "r2", "r3", "r4", "r10"]
    assert anne.people(column="text") == ["r4", "r10", "r3", "r2", "r1"]
    assert anne.people(column="text", down=True) == ["r1", "r2", "r3", "r10", "r4"]


def test_figures_sort_as_figures_and_blanks_come_last_both_ways(anne: Seen) -> None:
    assert anne.people(column="closed:note") == ["r10", "r4", "r2", "r1", "r3"]
    assert anne.people(column="closed:note", down=True) == ["r1", "r2", "r4", "r10", "r3"]


def test_themes_sort_in_the_order_of_the_codebook(anne: Seen) -> None:
    assert anne.people(column="themes") == ["r1", "r2", "r3", "r4", "r10"]


def test_who_read_and_what_is_marked_sort_first(anne: Seen, paul: Seen) -> None:
    anne.decide("r4")
    paul.decide("r2")
    assert anne.people(column="read") == ["r4", "r2", "r1", "r10", "r3"]
    anne.write({"uid": "f", "what": "flag", "verbatim": anne.ids("r3")[0], "raised": True})
    assert anne.people(column="marks") == ["r3", "r1", "r2", "r10", "r4"]


def test_filters_are_by_theme_group_words_and_readers(anne: Seen, paul: Seen) -> None:
    paul.decide("r3", "calme")
    anne.decide("r1", "calme")
    assert anne.people(Wanted(theme="calme")) == ["r1", "r3", "r4"]
    assert anne.people(Wanted(theme="left")) == []
    assert anne.people(Wanted(profile=("structure", "Entreprise"))) == ["r2", "r10"]
    assert anne.people(Wanted(search="ECOUTER")) == ["r10"]
    assert anne.people(Wanted(state="done")) == ["r1"]
    assert anne.people(Wanted(state="unread")) == ["r2", "r10", "r3", "r4"]
    assert anne.people(Wanted(state="anyone")) == ["r1", "r3"]
    assert anne.people(Wanted(state="nobody", question="attentes")) == ["r2", "r10", "r4"]


def test_filters_are_by_marks(anne: Seen) -> None:
    one, two, three = anne.ids("r1", "r2", "r3")
    anne.write({"uid": "f", "what": "flag", "verbatim": one, "raised": True})
    anne.write({"uid": "p", "what": "pick", "verbatim": two, "picked": True})
    anne.write({"uid": "m", "what": "memo", "verbatim": three, "text": "à revoir"})
    assert anne.people(Wanted(mark="flagged")) == ["r1"]
    assert anne.people(Wanted(mark="picked")) == ["r2"]
    assert anne.people(Wanted(mark="noted")) == ["r3"]
    assert anne.row("r3")["memo"] == "à revoir"


def test_a_row_shows_the_closed_answers_asked_for(anne: Seen) -> None:
    rows = anne.page(columns=("text", "closed:structure", "closed:note"))["rows"]
    assert rows[0]["closed"] == {"closed:structure": "Association", "closed:note": "10"}
    assert rows[3]["closed"] == {"closed:structure": "Association", "closed:note": ""}


def test_a_chip_says_who_retained_a_theme_and_what_is_only_suggested(
    anne: Seen, paul: Seen
) -> None:
    assert anne.themes("r2") == [("coordination", "suggested"), ("financement", "suggested")]
    paul.decide("r2", "calme")
    assert anne.themes("r2") == [("calme", "coded")]
    anne.decide("r2", "financement")
    assert anne.themes("r2") == [("financement", "coded"), ("calme", "others")]
    assert anne.row("r2")["readers"] == [ANNE, PAUL]


def test_the_columns_chosen_are_kept_for_the_study(anne: Seen, paul: Seen) -> None:
    assert grid.chosen(anne.desk.view()) == (
        *("respondent", "text", "themes", "closed:structure", "read", "marks"),
    )
    grid.choose(anne.desk.view(), ("text", "closed:note"))
    assert grid.chosen(paul.desk.view()) == ("respondent", "text", "themes", "closed:note")


# -- one gesture on many -------------------------------------------------------------------


def test_adding_a_theme_keeps_what_the_rows_show_and_reads_the_answers(anne: Seen) -> None:
    anne.decide("r3", "financement")
    counts = anne.bulk(bulk.ADD, "r2", "r3", "r10", theme="calme")
    assert (counts["changed"], counts["newly_read"], counts["same"]) == (3, 2, 0)
    assert [theme for theme, state in anne.themes("r2") if state == "coded"] == [
        *("coordination", "financement", "calme"),
    ]
    assert anne.themes("r3") == [("financement", "coded"), ("calme", "coded")]
    assert anne.people(Wanted(state="done")) == ["r2", "r10", "r3"]


def test_removing_a_theme_leaves_alone_the_answers_without_it(anne: Seen) -> None:
    counts = anne.bulk(bulk.REMOVE, "r1", "r2", "r10", theme="coordination")
    assert (counts["changed"], counts["same"]) == (2, 1)
    assert anne.themes("r1") == []
    assert anne.themes("r2") == [("financement", "coded")]
    assert anne.people(Wanted(state="done")) == ["r1", "r2"]
    rejected = anne.study.decisions().query("value == 'absent'")
    assert set(rejected["theme"]) == {"coordination"}


def test_validating_reads_only_the_answers_with_suggestions(anne: Seen, paul: Seen) -> None:
    paul.decide("r1", "calme")
    counts = anne.bulk(bulk.VALIDATE, "r1", "r2", "r10")
    assert (counts["changed"], counts["same"]) == (1, 2)
    assert anne.themes("r2") == [("coordination", "coded"), ("financement", "coded")]
    assert anne.people(Wanted(state="done")) == ["r2"]


def test_nothing_to_code_empties_the_rows(anne: Seen) -> None:
    anne.decide("r10")
    counts = anne.bulk(bulk.NOTHING, "r2", "r10")
    assert (counts["changed"], counts["same"]) == (1, 1)
    assert anne.themes("r2") == []


def test_one_undo_takes_the_whole_gesture_back_and_a_redo_brings_it_back(anne: Seen) -> None:
    anne.decide("r3", "financement")
    anne.bulk(bulk.ADD, "r2", "r3", theme="calme")
    anne.write({"uid": "undo:u1", "what": "undo"})
    assert anne.themes("r2") == [("coordination", "suggested"), ("financement", "suggested")]
    assert anne.themes("r3") == [("financement", "coded")]
    assert anne.people(Wanted(state="done")) == ["r3"]
    anne.write({"uid": "undo:undo:u1", "what": "undo"})
    assert anne.people(Wanted(theme="calme", state="done")) == ["r2", "r3"]


def test_a_gesture_sent_twice_is_made_once(anne: Seen) -> None:
    anne.bulk(bulk.ADD, "r2", "r3", theme="calme")
    decisions = len(anne.study.decisions())
    assert anne.bulk(bulk.ADD, "r2", "r3", theme="calme")["changed"] == 2
    assert len(anne.study.decisions()) == decisions


def test_the_name_of_another_s_gesture_is_refused(anne: Seen, paul: Seen) -> None:
    anne.bulk(bulk.ADD, "r2", theme="calme")
    with pytest.raises(StudyError, match="porte le nom d'un autre"):
        paul.bulk(bulk.ADD, "r3", theme="calme")


def test_passages_marked_stay_with_the_themes_that_stay(anne: Seen) -> None:
    anne.decide("r2", "financement", spans=[["financement", 0, 8]])
    anne.bulk(bulk.ADD, "r2", theme="calme")
    spans = anne.study.store.spans()
    assert list(spans.loc[spans["gesture"] == "u1", "theme"]) == ["financement"]


def test_a_theme_or_an_answer_that_has_left_is_refused(anne: Seen) -> None:
    with pytest.raises(StudyError, match="n'a plus de thème « vent »"):
        anne.bulk(bulk.ADD, "r2", theme="vent")
    with pytest.raises(StudyError, match="1 réponse"):
        bulk.places_of(anne.desk.view(), ["partie"])


def test_what_a_plan_gives_to_others_is_left_to_them(study: Study, anne: Seen) -> None:
    assigned = pd.DataFrame({"verbatim_id": anne.ids("r2"), "coder": [PAUL]})
    study.store.add_plan(assigned, about={}, blind=False, hides_machine=False, author=ANNE)
    counts = anne.bulk(bulk.ADD, "r2", "r3", theme="calme")
    assert (counts["changed"], counts["elsewhere"], counts["same"]) == (1, 1, 0)
    assert anne.people(Wanted(state="done")) == ["r3"]


# -- what may not be seen ------------------------------------------------------------------


def test_a_closed_verbatim_shows_nothing_of_the_others(
    study: Study, anne: Seen, paul: Seen
) -> None:
    blind(study, anne, "r1", hides_machine=False)
    (name,) = paul.ids("r1")
    paul.decide("r1", "calme")
    paul.write({"uid": "m", "what": "memo", "verbatim": name, "text": "secret"})
    paul.write({"uid": "f", "what": "flag", "verbatim": name, "raised": True})
    row = anne.row("r1")
    assert (row["readers"], row["memo"], row["flagged"]) == ([], "", False)
    assert anne.themes("r1") == [("coordination", "suggested")]
    assert anne.people(Wanted(state="anyone")) == []
    assert anne.people(Wanted(mark="flagged")) == anne.people(Wanted(mark="noted")) == []
    assert "r1" not in anne.people(Wanted(theme="calme"))
    assert anne.people(column="read")[0] == "r1"  # as in the file: nobody has read anything
    anne.decide("r1")
    assert anne.row("r1")["readers"] == [ANNE, PAUL]
    assert anne.row("r1")["memo"] == "Paul : secret"


def test_a_hidden_machine_shows_in_no_row_filter_order_nor_count(
    study: Study, anne: Seen, paul: Seen
) -> None:
    blind(study, anne, "r1", "r2", hides_machine=True)
    assert anne.themes("r1") == anne.themes("r2") == []
    assert anne.people(Wanted(theme="coordination")) == []
    assert anne.people(column="themes") == ["r3", "r4", "r1", "r2", "r10"]
    view = anne.desk.view()
    places = bulk.places_of(view, anne.ids("r1", "r2"))
    assert bulk.effect(view, bulk.VALIDATE, "", places).counts["changed"] == 0
    assert bulk.effect(view, bulk.REMOVE, "", places).held == {}
    anne.decide("r1", "calme")
    assert anne.themes("r1") == [("calme", "coded")]
    assert paul.themes("r1") == []


def test_what_is_to_be_read_blind_is_not_coded_in_number_before_it_is_read(
    study: Study, anne: Seen
) -> None:
    blind(study, anne, "r1", "r2", hides_machine=False)
    with pytest.raises(StudyError, match="en aveugle"):
        anne.bulk(bulk.NOTHING, "r1", "r2")
    anne.decide("r1", "calme")
    counts = anne.bulk(bulk.NOTHING, "r1", "r2", "r3")
    assert (counts["changed"], counts["blind"], counts["same"]) == (2, 1, 0)
    assert anne.bulk(bulk.NOTHING, "r2")["changed"] == 2  # heard before: said again
    assert "r2" not in set(study.store.decisions()["verbatim_id"].str.split(":").str[0])


def test_half_a_sign_is_refused_in_words_that_can_be_sent(anne: Seen) -> None:
    half = "\ud83d"
    with pytest.raises(StudyError, match="illisible"):
        anne.bulk(bulk.NOTHING, "r1", uid=half)
    with pytest.raises(StudyError) as refused:
        anne.bulk(bulk.ADD, "r1", theme=half)
    assert refused.value.message.encode()


def test_a_quote_chosen_where_others_may_not_look_yet_shows_to_nobody_else(
    study: Study, anne: Seen, paul: Seen
) -> None:
    blind(study, anne, "r2", hides_machine=False)
    (name,) = paul.ids("r2")
    paul.write({"uid": "p", "what": "pick", "verbatim": name, "picked": True})
    assert not anne.row("r2")["picked"]
    assert not anne.desk.sheet(name)["picked"]
    assert anne.people(Wanted(mark="picked")) == []
    assert anne.people(column="marks")[0] == "r1"
    anne.decide("r2")
    paul.decide("r2")
    assert anne.people(Wanted(mark="picked")) == anne.people(column="marks")[:1] == ["r2"]


def test_a_study_without_answers_has_an_empty_page(tmp_path: Path) -> None:
    study = Study.create(tmp_path / "vide")
    seen = Seen(study)
    assert seen.page(column="themes") == {"rows": [], "total": 0, "pages": 1, "page": 1}
    assert not np.any(grid.passing(seen.desk.view(), Wanted()))
