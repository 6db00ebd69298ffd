"""Who works in a session, and what each role may do on every page."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from verbatims import settings
from verbatims.model import Role
from verbatims.study import Study
from verbatims.study.team import Team
from verbatims.ui import server, shelf, steps

SURVEY = "id;Attentes\nr1;Coordonner les acteurs\nr2;Valoriser les actions\n"
QUESTIONNAIRE = """title: Enquête secrète
questions:
  - {id: repondant, kind: id, column: id}
  - {id: attentes, kind: open, column: Attentes, text: "Qu'attendez-vous ?"}
"""
CODEBOOK = """title: Grille
themes:
  - {id: agir, label: Agir ensemble, definition: Se coordonner., terms: [coordonner]}
"""


@pytest.fixture(scope="module")
def analysed(tmp_path_factory: pytest.TempPathFactory, without_model_here: None) -> Path:  # noqa: ARG001
    folder = tmp_path_factory.mktemp("analysed")
    made = Study.create(folder / "etudes" / "essai")
    made.save_questionnaire(QUESTIONNAIRE)
    made.save_codebook(CODEBOOK)
    (folder / "enquete.csv").write_text(SURVEY, "utf-8")
    made.import_file(folder / "enquete.csv")
    made.run()
    return folder


@pytest.fixture
def study(
    analysed: Path,
    copied: Callable[[Path, Path], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Study:
    """That study, open in the app, to change at will."""
    monkeypatch.chdir(copied(analysed, tmp_path))
    made = Study.open(tmp_path / "etudes" / "essai")
    monkeypatch.setenv(settings.STUDY_VARIABLE, str(made.path))
    return made


@pytest.fixture
def team(study: Study) -> Study:
    """The same study, with an account of each role."""
    study.team.add("Claire", Role.LEAD)
    study.team.add("Marc", Role.CODER)
    study.team.add("Rose", Role.READER)
    return study


def on(step: steps.Step, **session: object) -> AppTest:
    app = AppTest.from_file(str(server.SCRIPT), default_timeout=60)
    for name, value in session.items():
        app.session_state[name] = value
    return app.switch_page(str(steps.PAGES / f"{step.file}.py")).run()


def signed(study: Study, name: str, step: steps.Step, **session: object) -> AppTest:
    return on(step, coder_tokens={study.team.place: study.team.token(name)}, **session)


def texts(app: AppTest) -> str:
    bodies = (element.proto.body for element in app.get("html"))
    return "\n".join(body for body in bodies if not body.startswith("<style>"))


def keys(app: AppTest) -> set[str]:
    return {button.key for button in app.button}


@pytest.mark.usefixtures("team")
def test_nothing_of_a_study_with_accounts_is_shown_before_one_signs_in() -> None:
    for step in (steps.STUDY, steps.THEMES, steps.EXPORT):
        app = on(step)
        assert not app.exception
        assert app.header[0].value == "Qui êtes-vous ?"
        assert "Enquête secrète" not in texts(app)


def test_a_name_alone_a_token_altered_or_another_study_s_are_nobody(
    team: Study, tmp_path: Path
) -> None:
    other = Study.create(tmp_path / "etudes" / "autre")
    own, foreign = team.team.token("Claire"), other.team.token("Claire")
    for session in (
        {"coder": "Claire"},
        {"coder": "Claire", "coder_tokens": {team.team.place: own[:-3] + "AAA"}},
        {"coder": "Claire", "coder_tokens": {team.team.place: foreign}},
    ):
        assert on(steps.STUDY, **session).header[0].value == "Qui êtes-vous ?"


def test_one_signs_in_with_a_name_and_a_key(team: Study) -> None:
    app = on(steps.STUDY)
    key = team.team.new_key("Marc")
    app.text_input(key="sign_in_name").input("marc")
    app.text_input(key="sign_in_key").input("fausse")
    app.button(key="FormSubmitter:sign_in-Entrer").click().run()
    assert "ne vont pas ensemble" in app.error[0].value
    app.text_input(key="sign_in_key").input(key)
    app.button(key="FormSubmitter:sign_in-Entrer").click().run()
    assert "Enquête secrète" in texts(app)
    assert app.session_state["coder"] == "Marc"


def test_a_coder_whose_account_is_closed_is_out_at_the_next_gesture(team: Study) -> None:
    app = signed(team, "Marc", steps.STUDY)
    assert "Enquête secrète" in texts(app)
    team.team.close("Marc")
    assert app.run().header[0].value == "Qui êtes-vous ?"


def test_who_only_reads_sees_the_results_and_changes_nothing(team: Study) -> None:
    for step in (steps.CODING, steps.WORDS, steps.EXPORT):
        app = signed(team, "Rose", step)
        assert "Cette page demande le rôle" in texts(app)
    app = signed(team, "Rose", steps.STUDY)
    assert not {"run", "import"} & keys(app)
    assert not app.expander
    assert not app.exception
    results = signed(team, "Rose", steps.RESULTS)
    assert "Cette page demande" not in texts(results)


def test_a_coder_neither_imports_nor_changes_the_codebook_nor_the_accounts(team: Study) -> None:
    app = signed(team, "Marc", steps.STUDY)
    assert "run" in keys(app)
    assert not app.text_input
    themes = signed(team, "Marc", steps.THEMES)
    assert "Agir ensemble" in texts(themes)
    assert not themes.segmented_control
    assert "undo_codebook" not in keys(themes)


def test_a_lead_does_everything(team: Study) -> None:
    assert "undo_codebook" in keys(signed(team, "Claire", steps.THEMES))
    assert "typed" in {box.key for box in signed(team, "Claire", steps.STUDY).text_input}


def test_what_was_in_sight_before_a_role_was_taken_away_changes_nothing_after(
    team: Study,
) -> None:
    team.team.add("Paul", Role.LEAD)
    app = signed(team, "Claire", steps.THEMES)
    app.segmented_control[0].set_value("modifier").run()
    app.text_area(key="codebook_0_terms agir").input("coordonner\nvaloriser").run()
    team.team.change_role("Claire", Role.CODER)
    app.button(key="save_draft").click().run()
    assert not app.exception
    assert team.codebook_path.read_text("utf-8") == CODEBOOK


@pytest.mark.usefixtures("study")
def test_in_an_open_study_everything_is_looked_at_before_a_name_is_given() -> None:
    for step in (steps.STUDY, steps.THEMES, steps.WORDS, steps.EXPORT):
        app = on(step)
        assert not app.exception
        assert "Enquête secrète" in texts(app)
        assert "Cette page demande" not in texts(app)
    assert on(steps.CODING).header[0].value == "Qui code ?"


def test_where_strangers_come_the_address_opens_no_other_study(
    team: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "_only", [team.path.resolve()])
    other = Study.create(tmp_path / "etudes" / "libre")
    for parameter in ({"etude": "libre"}, {"dossier": str(other.path)}):
        app = AppTest.from_file(str(server.SCRIPT), default_timeout=60)
        for name, value in parameter.items():
            app.query_params[name] = value
        app.session_state["opened_study"] = str(other.path)
        app.run()
        assert app.header[0].value == "Qui êtes-vous ?"
        assert not [button for button in app.button if button.label == "Changer d’étude"]
    assert "leave" not in keys(signed(team, "Claire", steps.STUDY))


@pytest.mark.usefixtures("study")
def test_the_address_keeps_a_study_that_is_elsewhere_on_this_machine(tmp_path: Path) -> None:
    elsewhere = Study.create(tmp_path / "ailleurs")
    app = on(steps.STUDY, opened_study=str(elsewhere.path))
    assert app.query_params["dossier"] == str(elsewhere.path)
    again = AppTest.from_file(str(server.SCRIPT), default_timeout=60)
    again.query_params["dossier"] = str(elsewhere.path)
    again.run()
    assert "ailleurs" in texts(again)


def test_the_first_account_is_the_lead_who_makes_it_who_stays_signed_in(study: Study) -> None:
    app = on(steps.TEAM, coder="Claire", team_tab="codeurs")
    app.button(key="FormSubmitter:add_coder-Créer le compte").click().run()
    assert not app.exception
    assert list(study.team.coders()["name"]) == ["Claire"]
    key = app.code[0].value
    assert study.team.check("Claire", key) is not None
    assert "Qui travaille sur l’étude" in [header.value for header in app.header]
    app.text_input(key="add_name").input("Marc")
    app.button(key="FormSubmitter:add_coder-Créer le compte").click().run()
    assert study.team.check("Marc", app.code[0].value) is not None
    app.button(key="key_noted").click().run()
    assert not app.code


def test_a_lead_changes_roles_renews_keys_and_closes_accounts_but_the_last_lead_s(
    team: Study,
) -> None:
    app = on(
        steps.TEAM, coder_tokens={team.team.place: team.team.token("Claire")}, team_tab="codeurs"
    )
    app.button(key="close_account").click().run()
    assert "dernier responsable" in app.error[0].value
    app.button(key="new_key").click().run()
    assert team.team.check("Claire", app.code[0].value) is not None
    app.selectbox(key="changed_coder").select("Rose").run()
    app.selectbox(key="role Rose").select("codage").run()
    assert team.team.find("Rose").role is Role.CODER
    app.button(key="close_account").click().run()
    assert team.team.find("Rose") is None


def test_a_coder_sees_the_accounts_and_changes_none(team: Study) -> None:
    app = on(
        steps.TEAM, coder_tokens={team.team.place: team.team.token("Marc")}, team_tab="codeurs"
    )
    assert not app.exception
    assert not {"new_key", "close_account"} & keys(app)


def test_the_accounts_are_looked_at_once_for_a_page_and_again_for_the_next(
    team: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    known = Team.find
    monkeypatch.setattr(Team, "holder", lambda own, _token: asked.append(1) or known(own, "Marc"))
    app = signed(team, "Marc", steps.RESULTS)
    asked.clear()
    for times in (1, 2):
        app.run()
        assert len(asked) == times


def test_a_name_given_in_an_open_study_has_nothing_invisible(study: Study) -> None:
    app = on(steps.CODING)
    app.text_input[0].input("Zo\u200bé")
    app.button(key="FormSubmitter:who-Commencer à coder").click().run()
    assert study.team.open
    assert app.session_state["coder"] == "Zoé"
