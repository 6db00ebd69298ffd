"""« Redressement », drawn alone: margins written in a form, what they give, and the way back."""

import pytest
from streamlit.testing.v1 import AppTest

from verbatims import settings
from verbatims.model import Role
from verbatims.study import Study

QUESTIONNAIRE = """questions:
  - {id: repondant, kind: id, column: id}
  - {id: sexe, kind: single, column: Sexe, text: "Vous êtes ?", labels: [F, H]}
  - {id: avis, kind: open, column: avis}
"""
MARGINS = "margins:\n  sexe: {F: 50, H: 50}\n"


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = Study.create(tmp_path / "etudes" / "essai")
    made.save_questionnaire(QUESTIONNAIRE)
    lines = [f"f{n};F;oui" for n in range(15)] + [f"h{n};H;non" for n in range(10)]
    file = made.path / "enquete.csv"
    file.write_text("id;Sexe;avis\n" + "\n".join(lines), "utf-8")
    made.import_file(file)
    monkeypatch.setenv(settings.STUDY_VARIABLE, str(made.path))
    return made


def drawn():
    from verbatims.ui import state
    from verbatims.ui.parts import weighting

    opened = state.study()
    assert opened is not None
    weighting.show(opened)


def page():
    return AppTest.from_function(drawn, default_timeout=30).run()


def said(app):
    told = " ".join(element.body for element in app.get("html")) + " ".join(
        element.value for element in (*app.markdown, *app.error)
    )
    return told.replace("\u202f", " ").replace("\xa0", " ")


def test_targets_written_in_the_form_become_weights(study):
    app = page()
    app.multiselect(key="weights_questions").select("sexe").run()
    for answer in ("F", "H"):
        app.number_input(key=f"weights_sexe {answer}").set_value(50.0)
    app.number_input(key="weights_population").set_value(60)
    app.button[0].click().run()
    assert not app.exception
    kept = Study.open(study.path).weights
    assert kept.population == 60
    assert kept.respondents()["weight"].iloc[0] == pytest.approx(25 / 30)
    assert "25 répondants redressés en valent 24" in said(page())


def test_a_target_left_blank_is_asked_for_and_nothing_is_saved(study):
    app = page()
    app.multiselect(key="weights_questions").select("sexe").run()
    app.number_input(key="weights_sexe F").set_value(50.0)
    app.button[0].click().run()
    assert "il manque « H »" in said(app)
    assert not study.weights.path.exists()


def test_what_is_taken_away_can_be_put_back(study):
    study.weights.save(MARGINS)
    app = page()
    app.button(key="weights_remove").click().run()
    assert not study.weights.path.exists()
    app.button(key="weights_back").click().run()
    assert study.weights.path.read_text("utf-8") == MARGINS
    assert not app.exception


def test_a_wrong_file_is_told_with_its_faults(study):
    study.weights.path.write_text("margins: {sexe: {F: 1}}\n", "utf-8")
    app = page()
    assert "il manque « H »" in said(app)
    assert [button.key for button in app.button] == ["weights_remove"]


def test_who_only_reads_sees_what_was_done_and_changes_nothing(study, monkeypatch):
    study.weights.save(MARGINS)
    monkeypatch.setattr("verbatims.ui.state.may", lambda asked: asked is Role.READER)
    app = page()
    assert "25 répondants redressés" in said(app)
    assert len(app.button) == 0
