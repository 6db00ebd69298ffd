"""Every page opens, whatever the state of the study, and answers to its first gesture."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from verbatims import settings
from verbatims.frames import RANDOM
from verbatims.study import Study
from verbatims.ui import server, steps
from verbatims.ui.parts.results.subjects import Subject
from verbatims.ui.parts.themes import effect

APP = server.SCRIPT

SURVEY = """id;Structure;Accord;Attentes
r1;Association;Oui;Coordonner les acteurs du territoire
r2;Association;Oui;Valoriser les actions <b>locales</b> & coordonner
r3;Entreprise;Non;Financer durablement les projets
r4;Entreprise;Oui;RAS
r5;Association;Non;
r6;Entreprise;Oui;Coordonner et financer
"""
QUESTIONNAIRE = """title: Enquête d'essai
notice: Données simulées
questions:
  - {id: repondant, kind: id, column: id}
  - {id: structure, kind: single, profile: true, column: Structure, text: Vous êtes…}
  - {id: accord, kind: single, column: Accord, text: "Êtes-vous d'accord ?", labels: [Oui, Non]}
  - {id: attentes, kind: open, column: Attentes, text: "Qu'attendez-vous ?"}
"""
CODEBOOK = """title: Grille d'essai
themes:
  - id: coordination
    label: Coordination
    definition: Agir ensemble.
    terms: [coordonner]
  - id: valorisation
    label: Valorisation
    definition: Faire connaître.
    terms: [valoriser, introuvable]
"""


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """A study that was just created, open in the app."""
    monkeypatch.chdir(tmp_path)
    study = Study.create(tmp_path / "etudes" / "essai")
    monkeypatch.setenv(settings.STUDY_VARIABLE, str(study.path))
    return study


@pytest.fixture(scope="module")
def analysed(tmp_path_factory: pytest.TempPathFactory, without_model_here: None) -> Path:  # noqa: ARG001
    """A study with six respondents, two themes and suggestions, without the French model."""
    made = Study.create(tmp_path_factory.mktemp("analysed") / "essai")
    made.save_questionnaire(QUESTIONNAIRE)
    made.save_codebook(CODEBOOK)
    made.import_file(written(made.path / "enquete.csv", SURVEY))
    made.run()
    return made.path


@pytest.fixture
def seeded(
    analysed: Path,
    copied: Callable[[Path, Path], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Study:
    """That study, open in the app, to change at will."""
    monkeypatch.chdir(tmp_path)
    study = Study.open(copied(analysed, tmp_path / "etudes" / "essai"))
    monkeypatch.setenv(settings.STUDY_VARIABLE, str(study.path))
    return study


def written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def on(step: steps.Step, *, coder: str = "Claire") -> AppTest:
    """The app on the page of a step, with somebody who codes."""
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.session_state["coder"] = coder
    return app.switch_page(str(steps.PAGES / f"{step.file}.py")).run()


def texts(app: AppTest) -> str:
    """All the HTML of ours on the page."""
    bodies = (element.proto.body for element in app.get("html"))
    return "\n".join(body for body in bodies if not body.startswith("<style>"))


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


ALL_STEPS = pytest.mark.parametrize("step", steps.STEPS, ids=lambda step: step.file)


@ALL_STEPS
def test_a_page_without_a_study_says_so(
    step: steps.Step, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(settings.STUDY_VARIABLE, raising=False)
    app = on(step)
    assert not app.exception
    assert step is steps.STUDY or "Aucune étude n’est ouverte" in texts(app)


@ALL_STEPS
@pytest.mark.usefixtures("empty")
def test_a_page_opens_on_an_empty_study(step: steps.Step) -> None:
    app = on(step)
    assert not app.exception
    assert step.title in texts(app)


@ALL_STEPS
@pytest.mark.usefixtures("seeded")
def test_a_page_opens_on_a_study_with_answers_and_shows_its_notice(step: steps.Step) -> None:
    app = on(step)
    assert not app.exception
    assert not app.error
    assert "Données simulées" in texts(app)


def test_every_page_file_is_in_the_menu() -> None:
    assert {path.stem for path in steps.PAGES.glob("*.py")} == {step.file for step in steps.STEPS}


def test_a_study_is_created_and_opened_from_the_first_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(settings.STUDY_VARIABLE, raising=False)
    app = on(steps.STUDY)
    app.text_input(key="new_study").input("Enquête 2026")
    app.button(key="FormSubmitter:create-Créer").click().run()
    assert not app.exception
    assert Study.open(tmp_path / "etudes" / "enquete-2026").verbatims().empty


@pytest.mark.usefixtures("seeded")
def test_the_analysis_runs_again_from_the_first_page() -> None:
    app = press(on(steps.STUDY), "run")
    assert not app.exception
    assert "rien de nouveau" in app.success[0].value


def test_a_faulty_questionnaire_is_refused_with_its_line_and_the_study_stays_as_it_was(
    empty: Study,
) -> None:
    app = on(steps.STUDY)
    app.text_input(key="typed").input(str(written(empty.path / "a.csv", SURVEY))).run()
    app.text_area(key="questionnaire").input("questions:\n  - {id: x, kind: opne, column: A}").run()
    press(app, "import")
    assert not app.exception
    assert "ligne 2" in texts(app)
    assert not empty.questionnaire_path.exists()
    assert empty.verbatims().empty


def test_a_file_is_drafted_then_imported_from_its_path(empty: Study) -> None:
    app = on(steps.STUDY)
    app.text_input(key="typed").input(str(written(empty.path / "a.csv", SURVEY))).run()
    assert "questions:" in app.text_area(key="questionnaire").value
    app.text_area(key="questionnaire").input(QUESTIONNAIRE).run()
    press(app, "import")
    assert not app.exception
    assert list(empty.respondents()["respondent_id"]) == ["r1", "r2", "r3", "r4", "r5", "r6"]


@pytest.mark.usefixtures("seeded")
def test_nobody_codes_without_a_name() -> None:
    app = on(steps.CODING, coder="")
    assert board(app) is None
    app.text_input[0].input("  Claire   M. ")
    app.button(key="FormSubmitter:who-Commencer à coder").click().run()
    assert board(app)["coder"] == "Claire M."


def test_a_name_written_otherwise_stays_the_coder_it_was(seeded: Study) -> None:
    seeded.decide("Hélène", "r1:attentes", present=[])
    app = on(steps.CODING, coder="")
    app.text_input[0].input("helene")
    app.button(key="FormSubmitter:who-Commencer à coder").click().run()
    assert board(app)["coder"] == "Hélène"


def test_the_board_is_told_who_codes_and_proves_it(seeded: Study) -> None:
    told = board(on(steps.CODING))
    assert told["study"] == seeded.team.place
    found = seeded.team.holder(told["token"])
    assert found is not None
    assert found.name == "Claire"


@pytest.mark.usefixtures("seeded")
def test_the_filters_and_the_order_reach_the_board_and_are_kept() -> None:
    app = on(steps.CODING)
    app.text_input(key="coding_search").input("DURÀBLEMENT").run()
    app.selectbox(key="coding_profile").select(("structure", "Entreprise")).run()
    app.selectbox(key="coding_order").select(RANDOM).run()
    app.switch_page(str(steps.PAGES / "clusters.py")).run()
    app.switch_page(str(steps.PAGES / "coding.py")).run()
    assert board(app)["filters"] == {
        "question": "",
        "theme": "",
        "state": "unread",
        "search": "DURÀBLEMENT",
        "respondents": None,
        "order": RANDOM,
        "profile": ["structure", "Entreprise"],
        "mine": False,
    }


@pytest.mark.usefixtures("seeded")
def test_the_order_by_theme_asks_for_one() -> None:
    app = on(steps.CODING)
    app.selectbox(key="coding_order").select("theme").run()
    assert "choisissez d’abord le thème" in texts(app)
    assert board(app)["filters"]["order"] == "file"
    app.selectbox(key="coding_theme").select("valorisation").run()
    assert board(app)["filters"]["order"] == "theme"


def test_orders_that_go_by_the_analysis_wait_for_it(empty: Study) -> None:
    empty.save_questionnaire(QUESTIONNAIRE)
    empty.save_codebook(CODEBOOK)
    empty.import_file(written(empty.path / "enquete.csv", SURVEY))
    offered = on(steps.CODING).selectbox(key="coding_order").options
    assert offered == ["Dans l'ordre", "Au hasard"]


def test_a_new_analysis_is_offered_once_the_codebook_changed_and_the_board_told(
    seeded: Study,
) -> None:
    before = board(on(steps.CODING))
    seeded.save_codebook(CODEBOOK.replace("[coordonner]", "[coordonner, durablement]"))
    app = on(steps.CODING)
    assert "La grille a changé" in texts(app)
    assert board(app)["codebook"] != before["codebook"]
    press(app, "run")
    assert not app.exception
    assert board(app)["version"] != before["version"]
    assert "La grille a changé" not in texts(app)
    assert "durablement" in set(seeded.tags()["rule"])


def test_the_closed_answers_shown_beside_are_chosen_for_the_study(seeded: Study) -> None:
    app = on(steps.CODING)
    before = board(app)["version"]
    app.multiselect(key="coding_beside").select("accord").run()
    assert not app.exception
    assert seeded.store.setting("closed_beside") == '["accord"]'
    assert board(app)["version"] != before


def test_a_coder_may_keep_to_the_answers_that_a_plan_gives_them(seeded: Study) -> None:
    assert "coding_mine" not in [toggle.key for toggle in on(steps.CODING).toggle]
    assignments = [{"verbatim_id": "r1:attentes", "coder": "Claire"}]
    rows = pd.DataFrame(assignments)
    seeded.store.add_plan(rows, about={}, blind=False, hides_machine=False, author="Claire")
    app = on(steps.CODING)
    assert board(app)["filters"]["mine"]
    app.toggle(key="coding_mine").set_value(False).run()
    assert not board(app)["filters"]["mine"]


@pytest.mark.usefixtures("seeded")
def test_the_answers_are_also_seen_in_a_grid_and_where_coders_disagree() -> None:
    app = on(steps.CODING)
    for view in ("grid", "disagreements", "one"):
        app.button_group(key="coding_view").set_value(view).run()
        assert not app.exception
        assert (board(app) is not None) == (view == "one")


def test_definitions_are_asked_for_before_the_first_answer_is_coded(seeded: Study) -> None:
    seeded.save_codebook(CODEBOOK.replace("    definition: Agir ensemble.\n", ""))
    seeded.run()
    app = on(steps.CODING)
    assert any("sans définition" in expander.label for expander in app.expander)
    press(app, "definitions_later")
    assert not any("sans définition" in expander.label for expander in app.expander)
    seeded.decide("Hélène", "r1:attentes", present=[])
    assert "definitions_later" not in keys(on(steps.CODING))


def test_a_codebook_is_edited_as_a_file_and_a_fault_is_shown_with_its_line(seeded: Study) -> None:
    app = editing(on(steps.THEMES), "fichier")
    app.text_area(key="codebook").input(CODEBOOK.replace("label: Valorisation", "lable: X")).run()
    press(app, "save_codebook")
    assert "ligne" in texts(app)
    assert seeded.codebook_path.read_text("utf-8") == CODEBOOK
    app.text_area(key="codebook").input(CODEBOOK.replace("Agir ensemble", "Se coordonner")).run()
    press(app, "save_codebook")
    assert not app.exception
    assert seeded.codebook_path.read_text("utf-8").count("Se coordonner") == 1
    assert "ont changé" in texts(app)


def test_a_broken_codebook_can_be_mended_on_its_page(seeded: Study) -> None:
    seeded.codebook_path.write_text("themes: [", "utf-8")
    app = on(steps.THEMES)
    assert not app.exception
    assert app.error
    editing(app, "fichier")
    app.text_area(key="codebook").input(CODEBOOK).run()
    press(app, "save_codebook")
    assert not app.error
    assert seeded.codebook_path.read_text("utf-8") == CODEBOOK


@pytest.mark.usefixtures("seeded")
def test_the_grid_shows_the_themes_and_the_terms_to_look_at() -> None:
    app = on(steps.THEMES)
    assert "introuvable" in texts(app)
    assert any(expander.label == "1 terme sans occurrence" for expander in app.expander)


def test_a_field_makes_a_draft_whose_effect_is_seen_before_it_is_saved_then_undone(
    seeded: Study,
) -> None:
    app = editing(on(steps.THEMES))
    app.text_area(key="codebook_0_terms coordination").input("coordonner\nfinancer").run()
    assert not app.exception
    assert "1 terme ajouté (« financer »)" in plain(texts(app))
    assert '<td class="v-figure">+1</td>' in texts(app)
    assert "Financer durablement" in texts(app)
    assert seeded.codebook_path.read_text("utf-8") == CODEBOOK
    press(app, "save_draft")
    assert "financer" in seeded.codebook_path.read_text("utf-8")
    assert seeded.store.edits()["author"].tolist()[-1] == "Claire"
    assert app.button(key="run")
    press(app, "undo_codebook")
    assert seeded.codebook_path.read_text("utf-8") == CODEBOOK
    assert app.text_area(key="codebook_1_terms coordination").value == "coordonner"


@pytest.mark.usefixtures("seeded")
def test_on_a_big_study_the_effect_is_made_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effect, "_AT_ONCE", 1)
    app = editing(on(steps.THEMES))
    app.text_area(key="codebook_0_terms coordination").input("coordonner\nfinancer").run()
    assert "1 terme ajouté" in texts(app)
    assert "v-moves" not in texts(app)
    press(app, "see_effect")
    assert "v-moves" in texts(app)


def test_a_term_that_cannot_be_sought_is_told_under_its_field_and_stays_there(
    seeded: Study,
) -> None:
    app = editing(on(steps.THEMES))
    field = app.text_area(key="codebook_0_terms coordination")
    field.input("coordonner\n*x").run()
    assert "ligne 2" in texts(app)
    assert app.text_area(key="codebook_0_terms coordination").value == "coordonner\n*x"
    assert not [key for key in keys(app) if key == "save_draft"]
    assert seeded.codebook_path.read_text("utf-8") == CODEBOOK


def test_themes_are_added_moved_merged_split_and_retired_in_one_draft(seeded: Study) -> None:
    app = editing(on(steps.THEMES))
    app.text_input(key="codebook_0_new label").input("Coût de la vie")
    press(app, "add_theme")
    press(app, "theme_up")
    app.multiselect(key="codebook_2_merged cout_de_la_vie").set_value(["valorisation"])
    press(app, "merge")
    app.text_area(key="codebook_3_parts cout_de_la_vie").input("Logement\nAlimentation")
    press(app, "split")
    press(app, "theme_retire")
    press(app, "save_draft")
    assert not app.exception
    seeded = Study.open(seeded.path)
    assert [theme.id for theme in seeded.codebook] == ["logement", "coordination"]
    assert seeded.codebook["alimentation"].replaces == ("cout_de_la_vie",)


def test_what_was_read_with_a_theme_comes_back_once_it_is_split(seeded: Study) -> None:
    seeded.decide("Claire", "r1:attentes", present=["coordination"])
    app = editing(on(steps.THEMES))
    app.text_area(key="codebook_0_parts coordination").input("Locale\nNationale")
    press(app, "split")
    assert not app.exception
    assert "1 réponse déjà lue revient à son codeur" in texts(app)


def test_fields_show_what_somebody_else_wrote_meanwhile(seeded: Study) -> None:
    app = editing(on(steps.THEMES))
    seeded.codebook_path.write_text(CODEBOOK.replace("[coordonner]", "[coordonner, lien]"), "utf-8")
    app.run()
    assert app.text_area(key="codebook_1_terms coordination").value == "coordonner\nlien"


def test_a_draft_outlives_a_change_of_the_file_by_somebody_else(seeded: Study) -> None:
    app = editing(on(steps.THEMES))
    app.text_input(key="codebook_0_label coordination").input("Concertation").run()
    other = CODEBOOK.replace("Faire connaître", "Rendre visible")
    seeded.codebook_path.write_text(other, "utf-8")
    press(app, "save_draft")
    assert "entre-temps" in app.warning[0].value
    assert seeded.codebook_path.read_text("utf-8") == other
    press(app, "rebase_draft")
    press(app, "save_draft")
    assert "label: Concertation" in seeded.codebook_path.read_text("utf-8")


def test_definitions_are_asked_for_and_what_they_bring_is_seen(seeded: Study) -> None:
    seeded.save_codebook(CODEBOOK.replace("    definition: Agir ensemble.\n", ""))
    app = on(steps.THEMES)
    assert any(expander.label.startswith("1 thème sans") for expander in app.expander)
    press(app, "see_definitions")
    assert "au moins une définition" in app.error[0].value
    app.text_input(key="definition coordination").input("Agir ensemble sur le territoire.").run()
    press(app, "see_definitions")
    assert not app.exception
    assert "changé dans sa description" in texts(app)
    press(app, "save_draft")
    assert "Agir ensemble sur le territoire." in seeded.codebook_path.read_text("utf-8")
    assert not [expander for expander in app.expander if "sans définition" in expander.label]


def test_an_empty_codebook_begins_with_one_theme(empty: Study) -> None:
    app = on(steps.THEMES)
    app.text_input(key="codebook_0_first label").input("Coût")
    app.text_input(key="codebook_0_first definition").input("Ce que cela coûte.")
    press(app, "add_first")
    press(app, "save_draft")
    assert not app.exception
    assert [theme.id for theme in Study.open(empty.path).codebook] == ["cout"]


def test_two_versions_are_compared_and_the_changes_listed(seeded: Study) -> None:
    seeded.save_codebook(CODEBOOK.replace("label: Valorisation", "label: Visibilité"))
    app = on(steps.THEMES)
    app.button_group(key="themes_tab").set_value("versions").run()
    assert not app.exception
    assert "ce thème s&#x27;appelait «\u00a0Valorisation\u00a0»" in texts(app)
    assert "Modification du fichier" in texts(app)


def test_a_repair_is_added_then_undone_and_the_run_it_waits_for_is_offered(seeded: Study) -> None:
    app = on(steps.WORDS)
    assert "toutes les décisions" in texts(app)
    app.text_input(key="repairs_written").input("Coordonner")
    app.text_input(key="repairs_meant").input("coopérer")
    press(app, "FormSubmitter:repairs_add_form-Ajouter la réparation")
    assert not app.exception
    assert rulings(seeded) == [("repair", "Coordonner", "coopérer", "Claire")]
    assert "<b>1 décision</b> attend" in texts(app)
    assert app.button(key="run")
    press(app, "words_undo")
    assert rulings(seeded) == []
    assert "toutes les décisions" in texts(app)


def test_a_lemma_changes_for_a_reason_only(seeded: Study) -> None:
    app = listing(on(steps.WORDS), "lemmes")
    app.text_input(key="lemmas_lemma").input("coordination")
    press(app, "FormSubmitter:lemmas_form-Changer le lemme")
    assert "pourquoi" in app.error[0].value
    assert rulings(seeded) == []
    app.text_input(key="lemmas_reason").input("même famille")
    press(app, "FormSubmitter:lemmas_form-Changer le lemme")
    assert not app.error
    assert rulings(seeded) == [("lemma", "coordonner", "coordination", "Claire")]
    press(app, "lemmas_back")
    assert rulings(seeded) == []


@pytest.mark.parametrize(
    ("tab", "form", "typed", "ruling"),
    [
        ("expressions", "expressions_add", "lien social", ("expression", "held")),
        ("mots-vides", "stops_add", "territoire", ("stop word", "stop")),
        ("reponses-vides", "empties_add", "à voir", ("empty answer", "empty")),
    ],
)
def test_what_is_not_in_a_list_is_added_by_typing(
    seeded: Study, tab: str, form: str, typed: str, ruling: tuple[str, str]
) -> None:
    app = listing(on(steps.WORDS), tab)
    app.text_input(key=form).input(typed)
    app.button(
        key=next(key for key in keys(app) if key.startswith(f"FormSubmitter:{form}"))
    ).click()
    app.run()
    assert not app.exception
    assert rulings(seeded) == [(ruling[0], typed, ruling[1], "Claire")]


def test_an_empty_field_rules_nothing(seeded: Study) -> None:
    app = listing(on(steps.WORDS), "expressions")
    press(app, "FormSubmitter:expressions_add_form-Tenir ensemble")
    assert app.error[0].value
    assert rulings(seeded) == []


def test_an_answer_taken_as_empty_is_one_after_all_and_the_list_of_decisions_tells(
    seeded: Study,
) -> None:
    app = press(listing(on(steps.WORDS), "reponses-vides"), "empties_answered")
    assert rulings(seeded) == [("empty answer", "RAS", "answered", "Claire")]
    listing(app, "decisions")
    assert app.dataframe[0].value["decision"].tolist() == ["une réponse"]
    press(app, "rulings_back")
    assert rulings(seeded) == []


def test_once_the_analysis_has_run_no_decision_waits(seeded: Study) -> None:
    seeded.words.rule("stop word", "territoire", "stop")
    app = press(on(steps.WORDS), "run")
    assert not app.exception
    assert "toutes les décisions" in texts(app)
    assert "Classes" in app.success[0].value


@pytest.mark.usefixtures("seeded")
def test_classes_list_the_answers_that_no_class_took() -> None:
    labels = [expander.label for expander in on(steps.CLUSTERS).expander]
    assert any(label.startswith("Sans contenu : 1 verbatim") for label in labels)


def test_results_show_theme_counts_once_somebody_has_coded(seeded: Study) -> None:
    for verbatim in ("r1", "r2", "r3", "r6"):
        seeded.decide("Claire", f"{verbatim}:attentes", present=["coordination"])
    app = on(steps.RESULTS)
    app.selectbox(key="results_by attentes").select(Subject("structure")).run()
    assert not app.exception
    assert not app.error
    assert "Association (2)" in texts(app)


def test_quotes_are_picked_ordered_and_removed(seeded: Study) -> None:
    app = on(steps.QUOTES)
    picks = [button.key for button in app.button if str(button.key).startswith("pick ")]
    press(press(app, picks[0]), picks[1])
    first, second = (key.removeprefix("pick ") for key in picks[:2])
    press(app, f"up {second}")
    assert list(seeded.picks.frame()["verbatim_id"]) == [second, first]
    press(app, f"unpick {second}")
    assert list(seeded.picks.frame()["verbatim_id"]) == [first]


def test_export_writes_the_files_and_previews_them(seeded: Study) -> None:
    app = press(on(steps.EXPORT), "export")
    assert not app.exception
    assert (seeded.path / "exports" / "frequences_themes.csv").is_file()
    assert "Début de frequences_themes.csv" in texts(app)


def board(app: AppTest) -> dict[str, Any] | None:
    """What the coding board is told; None where it is not on the page."""
    drawn = [one for one in app.get("bidi_component") if one.key == "board"]
    return json.loads(drawn[0].proto.json) if drawn else None


def listing(app: AppTest, name: str) -> AppTest:
    """The page of words on one of its lists."""
    return app.button_group(key="words_tab").set_value(name).run()


def editing(app: AppTest, way: str = "theme") -> AppTest:
    """The page of themes where the codebook is changed, in one of its ways."""
    app.button_group(key="themes_tab").set_value("modifier").run()
    return app.button_group(key="codebook_way").set_value(way).run()


def plain(text: str) -> str:
    """With plain spaces."""
    return text.replace("\u00a0", " ")


def keys(app: AppTest) -> list[str]:
    return [str(button.key) for button in app.button]


def rulings(study: Study) -> list[tuple[str, str, str, str]]:
    rows = study.words.rulings()[["kind", "form", "value", "author"]]
    return list(rows.itertuples(index=False, name=None))
