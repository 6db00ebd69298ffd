"""Désaccords and Accord, on a small study that two coders have read."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from verbatims import settings
from verbatims.frames import ADJUDICATIONS
from verbatims.model import Role
from verbatims.study import Study
from verbatims.ui import server, steps
from verbatims.ui.keys import keys
from verbatims.ui.parts.team import dots

QUESTIONNAIRE = """questions:
  - {id: repondant, kind: id, column: id}
  - {id: avis, kind: open, column: avis, text: "Votre avis ?"}
"""
CODEBOOK = """themes:
  - {id: argent, label: Argent, definition: L'argent, terms: [financer]}
  - {id: liens, label: Liens, definition: Les liens, terms: [relier]}
"""
N = 24


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory, without_model_here: None) -> Path:  # noqa: ARG001
    """Anne and Paul read 24 answers, and disagree on both themes of the first."""
    made = Study.create(tmp_path_factory.mktemp("coded") / "essai")
    made.save_questionnaire(QUESTIONNAIRE)
    made.save_codebook(CODEBOOK)
    said = ("financer <b>tout</b>", "relier les acteurs")
    file = made.path / "enquete.csv"
    file.write_text("id;avis\n" + "\n".join(f"r{n:02};{said[n % 2]}" for n in range(N)), "utf-8")
    made.import_file(file)
    made.run(tagger="lexicon", k=3)
    for n in range(N):
        right = ["argent", "liens"][n % 2]
        made.decide("Anne", f"r{n:02}:avis", present=[right])
        made.decide("Paul", f"r{n:02}:avis", present=[right] if n else ["liens"])
    made.store.add_memo("Paul", "r00:avis", "pas si <i>sûr</i>")
    return made.path


@pytest.fixture
def study(
    coded: Path,
    copied: Callable[[Path, Path], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Study:
    monkeypatch.chdir(tmp_path)
    made = Study.open(copied(coded, tmp_path / "etudes" / "essai"))
    monkeypatch.setenv(settings.STUDY_VARIABLE, str(made.path))
    return made


def on(step: steps.Step, **session: str) -> AppTest:
    app = AppTest.from_file(str(server.SCRIPT), default_timeout=60)
    app.session_state["coder"] = "Léa"
    for key, value in session.items():
        app.session_state[key] = value
    return app.switch_page(str(steps.PAGES / f"{step.file}.py")).run()


def disagreements() -> AppTest:
    app = on(steps.CODING, coding_view="disagreements")
    assert not app.exception
    return app


def texts(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def submit(app: AppTest, reason: str) -> AppTest:
    app.text_input(key="reason r00:avis").input(reason)
    (send,) = [button for button in app.button if button.label.startswith("Arbitrer")]
    return send.click().run()


@pytest.mark.usefixtures("study")
def test_both_readings_stand_side_by_side_with_their_memos() -> None:
    shown = texts(disagreements())
    assert "financer &lt;b&gt;tout&lt;/b&gt;" in shown
    assert "pas si &lt;i&gt;sûr&lt;/i&gt;" in shown
    assert "<h3>Anne</h3>" in shown
    assert shown.index("<h3>Anne</h3>") < shown.index("<h3>Paul</h3>")
    assert "Présent pour Anne" in shown


def test_a_lead_decides_with_a_reason_and_takes_it_back(study: Study) -> None:
    app = press(disagreements(), "rule_r00:avis argent")
    app = press(app, "rule_r00:avis liens")
    app = press(app, "rule_r00:avis liens")
    app = submit(app, "vu ensemble")
    assert not app.exception
    rows = study.store.adjudications()
    assert rows[["theme", "value", "author", "reason"]].values.tolist() == [
        ["argent", "present", "Léa", "vu ensemble"],
        ["liens", "absent", "Léa", "vu ensemble"],
    ]
    again = disagreements()
    assert "Arbitré par Léa" in texts(again)
    press(again, "unrule r00:avis")
    found = Study.open(study.path).agreement.disagreements()
    assert found["ruling"].isna().all()


def test_disputed_themes_have_digits_whatever_their_key_on_the_board(study: Study) -> None:
    """Streamlit refuses the letters C and R, which may be a theme's key."""
    others = "".join(f"  - {{id: t{n}, label: T{n}, definition: t}}\n" for n in range(9))
    own = "".join(
        f"  - {{id: {name}, label: {label}, definition: t}}\n"
        for name, label in (("argent", "Coût"), ("liens", "Réseaux"))
    )
    study.save_codebook(f"themes:\n{others}{own}")
    signs = keys(study.codebook)
    assert (signs["argent"].sign, signs["liens"].sign) == ("c", "r")
    app = disagreements()
    labels = [button.label for button in app.button if button.key.startswith("rule_")]
    assert labels == ["`1` **Coût** : à trancher", "`2` **Réseaux** : à trancher"]
    press(app, "rule_r00:avis argent")


def test_nothing_is_decided_without_a_reason_or_a_choice(study: Study) -> None:
    app = submit(disagreements(), "vu ensemble")
    assert "présent ou absent" in app.error[0].value
    app = submit(press(app, "rule_r00:avis argent"), " ")
    assert "motif" in app.error[0].value
    assert study.store.adjudications().equals(ADJUDICATIONS.empty())


def test_a_coder_sees_and_does_not_decide(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verbatims.study.team.Team.find", _as_coder)
    app = disagreements()
    assert "Un responsable de l’étude arbitre" in texts(app)
    assert not [button for button in app.button if button.key.startswith("rule_")]
    assert study.store.adjudications().empty


def _as_coder(_team: object, name: str) -> object:
    from verbatims.model import Coder

    return Coder(name, Role.CODER)


@pytest.mark.usefixtures("study")
def test_the_measures_of_agreement_are_drawn_and_told() -> None:
    app = on(steps.TEAM, team_tab="accord")
    assert not app.exception
    shown = texts(app)
    assert "Jeux de thèmes, distance MASI" in shown
    assert "solide" in shown
    assert "κ de Cohen" in shown
    assert "24 réponses codées par Anne et Paul" in shown
    assert "Seulement Anne" in shown
    assert "Seulement Paul" in shown


@pytest.mark.usefixtures("study")
def test_coders_and_machine_are_measured_apart() -> None:
    app = on(steps.TEAM, team_tab="accord", agreement_machine=True)  # type: ignore[arg-type]
    assert not app.exception
    assert "codage retenu – machine" in "\n".join(header.value for header in app.header)


def test_a_study_read_by_one_says_that_there_is_nothing_to_measure(study: Study) -> None:
    for _ in range(N):
        study.undo("Paul")
    assert "Aucun désaccord" in texts(disagreements())
    assert "deux personnes" in texts(on(steps.TEAM, team_tab="accord"))


def test_the_drawing_leaves_out_what_is_only_counted(study: Study) -> None:
    (measured,) = study.agreement.measures()
    drawn = dots.chart(measured.themes).to_dict()
    assert "Argent, α de Krippendorff : 0,918" in drawn["description"]
    few = measured.themes.rows.assign(alpha=float("nan"), ac1=float("nan"))
    assert dots._dots(few).empty
