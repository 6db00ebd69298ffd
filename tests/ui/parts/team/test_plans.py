"""A lead shares out the work from the page, sees how far it is, and takes it back."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from verbatims import settings
from verbatims.model import Role
from verbatims.study import Study
from verbatims.study.planning import Wish
from verbatims.ui import server, steps

SURVEY = "id;Attentes\n" + "".join(f"r{n};coordonner {n}\n" for n in range(1, 21))
QUESTIONNAIRE = """questions:
  - {id: repondant, kind: id, column: id}
  - {id: attentes, kind: open, column: Attentes}
"""
HALVES = {"Anne": 50, "Paul": 50}


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty answers; Anne has read one, Paul another."""
    made = Study.create(tmp_path_factory.mktemp("imported") / "essai")
    made.save_questionnaire(QUESTIONNAIRE)
    file = made.path / "enquete.csv"
    file.write_text(SURVEY, "utf-8")
    made.import_file(file)
    made.decide("Anne", "r1:attentes", present=[])
    made.decide("Paul", "r2:attentes", present=[])
    return made.path


@pytest.fixture
def study(
    imported: Path,
    copied: Callable[[Path, Path], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Study:
    """That study, open in the app, to change at will."""
    monkeypatch.chdir(tmp_path)
    made = Study.open(copied(imported, tmp_path / "etudes" / "essai"))
    monkeypatch.setenv(settings.STUDY_VARIABLE, str(made.path))
    return made


def page(coder: str = "Anne") -> AppTest:
    app = AppTest.from_file(str(server.SCRIPT), default_timeout=60)
    app.session_state["coder"] = coder
    app.session_state["team_tab"] = "repartition"
    return app.switch_page(str(steps.PAGES / "team.py")).run()


def texts(app: AppTest) -> str:
    bodies = (element.proto.body for element in app.get("html"))
    told = "\n".join(body for body in bodies if not body.startswith("<style>"))
    return told.replace("\u00a0", " ").replace("\u202f", " ")


def share(app: AppTest, label: str) -> "Sequence[object]":
    return next(box for box in app.number_input if box.label == label)


def test_the_first_plan_is_shown_before_it_is_kept(study: Study) -> None:
    app = page()
    assert not app.exception
    assert not app.error
    assert "sans que l’un voie le codage de l’autre" in texts(app)
    assert [box.value for box in app.number_input] == [50, 50]
    assert app.button(key="save_plan").label == "Répartir 20 réponses"
    app.slider(key="wish_twice").set_value(100).run()
    assert "Soit 20 réponses sur 20." in texts(app)
    assert "réponses à deux déjà lues avant : 2." in texts(app)
    assert study.planning.plans() == []


def test_a_plan_is_kept_as_it_was_shown_and_followed(study: Study) -> None:
    app = page()
    app.slider(key="wish_twice").set_value(50).run()
    app.toggle(key="wish_hides").set_value(True).run()
    app.button(key="save_plan").click().run()
    assert not app.exception
    (plan,) = study.planning.plans()
    assert (plan.author, plan.blind, plan.hides_machine) == ("Anne", True, True)
    assert plan.coders.values.tolist() == [["Anne", 5, 10, 15, 1], ["Paul", 5, 10, 15, 1]]
    assert "Répartition n° 1" in texts(app)
    assert "Toutes ces réponses sont déjà réparties." in texts(app)
    assert not app.number_input


def test_shares_that_do_not_make_a_whole_wait(study: Study) -> None:
    app = page()
    share(app, "Anne, en %").set_value(70).run()
    assert "20 % de trop" in texts(app)
    assert not [button for button in app.button if button.key == "save_plan"]
    share(app, "Paul, en %").set_value(30).run()
    app.slider(key="wish_twice").set_value(0).run()
    app.button(key="save_plan").click().run()
    (plan,) = study.planning.plans()
    assert plan.coders["assigned"].tolist() == [14, 6]
    assert not plan.blind


def test_shares_that_nobody_could_keep_to_are_refused_with_advice(study: Study) -> None:
    app = page()
    share(app, "Anne, en %").set_value(90).run()
    share(app, "Paul, en %").set_value(10).run()
    app.slider(key="wish_twice").set_value(100).run()
    assert not app.exception
    assert "est trop grande" in app.error[0].value
    assert study.planning.plans() == []


def test_a_plan_is_taken_back(study: Study) -> None:
    planning = study.planning
    planning.save(planning.draft(Wish(HALVES)), author="Anne")
    app = page()
    app.button(key="take_back_plan_1").click().run()
    assert not app.exception
    assert study.planning.plans() == []


def test_a_coder_sees_how_far_it_is_and_changes_nothing(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    study.team.add("Claire", Role.LEAD)
    study.team.add("Anne", Role.CODER)
    planning = study.planning
    planning.save(planning.draft(Wish(HALVES, twice=1)), author="Claire")
    monkeypatch.setattr("verbatims.ui.identity._found", lambda opened: opened.team.find("Anne"))
    app = page()
    assert not app.exception
    assert "par Claire" in texts(app)
    assert {button.key for button in app.button} & {"save_plan", "take_back_plan_1"} == set()


def test_answers_left_by_someone_who_has_gone_are_told(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    planning = study.planning
    planning.save(planning.draft(Wish(HALVES)), author="Claire")
    study.team.add("Claire", Role.LEAD)
    study.team.add("Anne", Role.CODER)
    monkeypatch.setattr("verbatims.ui.identity._found", lambda opened: opened.team.find("Claire"))
    told = texts(page())
    assert "« Paul » ne peut plus coder" in told
    assert "« Anne » ne peut plus coder" not in told


@pytest.mark.usefixtures("study")
def test_one_person_alone_is_told_what_a_second_would_allow() -> None:
    app = page()
    app.multiselect[0].set_value(["Anne"]).run()
    assert "À partir de deux personnes" in texts(app)
    assert app.button(key="save_plan").label == "Répartir 20 réponses"
