"""« À retenir », drawn alone: kept with a button, written, put in order, brought up to date."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from verbatims import settings
from verbatims.model import Base, Figure, Role, Table
from verbatims.study import Study
from verbatims.study.figures import Figures

QUESTIONNAIRE = """questions:
  - {id: repondant, kind: id, column: id}
  - {id: accord, kind: single, column: accord, text: "D'accord ?", labels: [Oui, Non]}
  - {id: avis, kind: open, column: avis, text: "Votre avis ?"}
"""
ACCORD = Figure("accord")
OUI, NON = {"item": "", "answer": "Oui"}, {"item": "", "answer": "Non"}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = Study.create(tmp_path_factory.mktemp("kept") / "essai")
    made.save_questionnaire(QUESTIONNAIRE)
    file = made.path / "enquete.csv"
    file.write_text("id;accord;avis\nr1;Oui;relier <b>tous</b> les acteurs\n", "utf-8")
    made.import_file(file)
    return made.path


@pytest.fixture
def study(
    template: Path,
    copied: Callable[[Path, Path], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Study:
    monkeypatch.chdir(tmp_path)
    made = Study.open(copied(template, tmp_path / "etudes" / "essai"))
    monkeypatch.setenv(settings.STUDY_VARIABLE, str(made.path))
    says(monkeypatch, 26)
    return made


def says(monkeypatch: pytest.MonkeyPatch, oui: int) -> None:
    """From now on so many say yes, out of forty."""
    said = [("Oui", oui), ("Non", 40 - oui)]
    rows = pd.DataFrame([("", answer, n, 40, n / 40, 0.4, 0.8) for answer, n in said])
    rows.columns = ["item", "answer", "n", "base", "share", "low", "high"]
    table = Table("D'accord ?", rows, Base(40, 40))
    monkeypatch.setattr(Figures, "table", lambda _figures, _figure: table)


def drawn() -> None:
    from verbatims.model import Figure
    from verbatims.ui import state
    from verbatims.ui.parts import findings

    opened, figure = state.study(), Figure("accord")
    assert opened is not None
    picked = {"item": "", "answer": "Oui"}
    findings.keep_button(opened, figure, opened.figures.table(figure), picked)
    findings.keep_quote_button(opened, "r1:avis")
    findings.show(opened)


def page(coder: str = "Anne") -> AppTest:
    app = AppTest.from_function(drawn, default_timeout=60)
    app.session_state["coder"] = coder
    return app.run()


def html(app: AppTest) -> str:
    bodies = "\n".join(element.proto.body for element in app.get("html"))
    return bodies.replace("\u202f", " ").replace("\xa0", " ")


def press(app: AppTest, label: str, nth: int = 0) -> AppTest:
    return [button for button in app.button if button.label == label][nth].click().run()


def sentences(app: AppTest) -> list[str]:
    return [box.value.replace("\u202f", " ").replace("\xa0", " ") for box in app.text_area]


def test_an_empty_list_says_how_to_fill_it(study):
    app = page()
    assert not app.exception
    assert "Rien n’est encore retenu" in html(app)
    assert study.findings.all() == []


def test_a_figure_kept_with_the_button_comes_with_its_sentence_and_leaves_with_it(study):
    app = press(page(), "Retenir")
    assert sentences(app) == [
        "65 % des répondants (26 sur 40) répondent « Oui » à « D'accord ? » ; "
        "intervalle de 40 à 80 %."
    ]
    assert [kept.picked for kept in study.findings.all()] == [OUI]
    app = press(app, "Retenu")
    assert sentences(app) == []
    app = press(app, "Annuler")
    assert len(sentences(app)) == 1


def test_a_quote_is_kept_as_it_was_written(study):
    app = press(page(), "Retenir", 1)
    assert "relier &lt;b&gt;tous&lt;/b&gt; les acteurs" in html(app)
    assert [kept.verbatim_id for kept in study.findings.all()] == ["r1:avis"]


def test_a_sentence_is_written_in_its_place_and_findings_change_places(study):
    for picked in (OUI, NON):
        study.findings.keep_figure(ACCORD, picked=picked)
    app = page()
    app.text_area[1].input("Un tiers  refuse.").run()
    assert sentences(app)[1] == "Un tiers refuse."
    app = press(app, "Descendre")
    assert sentences(app)[0] == "Un tiers refuse."
    assert [kept.picked for kept in study.findings.all()] == [NON, OUI]


def test_what_has_changed_is_told_and_brought_up_to_date_and_the_sentence_is_to_read_again(
    study, monkeypatch
):
    uid = study.findings.keep_figure(ACCORD, picked=OUI, sentence="Les deux tiers.")
    says(monkeypatch, 20)
    study.store.add_correction(
        {"kind": "repair", "form": "a", "pos": "", "value": "b", "reason": "", "author": ""}
    )
    app = page()
    assert "65 % (26 sur 40) quand retenu, 50 % (20 sur 40) maintenant." in html(app)
    app = press(app, "Mettre à jour")
    assert "À revoir" not in html(app)
    assert "Elle a été écrite devant 65 % (26 sur 40)." in html(app)
    app = press(app, "C’est relu")
    assert "Phrase à relire" not in html(app)
    assert study.findings.holds(ACCORD, OUI) == uid


@pytest.mark.parametrize(("name", "fixed"), [("Rémi", True), ("Zoé", False)])
def test_who_reads_only_sees_the_list_and_changes_nothing(study, name, fixed):
    study.findings.keep_figure(ACCORD, picked=OUI)
    study.team.add("Zoé", Role.LEAD)
    study.team.add("Rémi", Role.READER)
    app = AppTest.from_function(drawn, default_timeout=60)
    app.session_state["coder_tokens"] = {study.team.place: study.team.token(name)}
    app.run()
    assert len(sentences(app)) == 1
    assert {box.disabled for box in app.text_area} == {fixed}
    movable = {"Retirer", "Retenir", "Retenu"}
    assert {button.disabled for button in app.button if button.label in movable} == {fixed}
