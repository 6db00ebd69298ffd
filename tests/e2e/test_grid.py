"""The grid in a real browser: it is sorted, filtered, searched, and many answers coded at once."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from verbatims.study import Study

pytestmark = pytest.mark.browser

QUESTIONNAIRE = """title: Essai de grille
questions:
  - {id: repondant, kind: id, column: id}
  - {id: structure, kind: single, profile: true, column: Structure, text: Structure}
  - {id: attentes, kind: open, column: Attentes, text: "Qu'attendez-vous ?"}
"""
CODEBOOK = """themes:
  - {id: calme, label: Calme, terms: [calme]}
  - {id: argent, label: Argent, terms: [financer]}
"""
TEXTS = ("Le calme", "Financer", "écouter", "Du calme et financer", "Plus de bancs")
PEOPLE = 120


@pytest.fixture
def study(tmp_path: Path, without_model: None) -> Study:  # noqa: ARG001  (it replaces the model)
    lines = [
        f"r{n};{'Association' if n % 2 else 'Entreprise'};{TEXTS[n % len(TEXTS)]}"
        for n in range(1, PEOPLE + 1)
    ]
    survey = tmp_path / "enquete.csv"
    survey.write_text("\n".join(["id;Structure;Attentes", *lines]), "utf-8")
    made = Study.create(tmp_path / "etudes" / "essai")
    made.save_questionnaire(QUESTIONNAIRE)
    made.save_codebook(CODEBOOK)
    made.import_file(survey)
    made.run(k=2)
    return made


@pytest.fixture
def grid(page: Page, study: Study, served: str) -> Locator:  # noqa: ARG001  (it must be there)
    """The grid of Claire, who has just come in."""
    page.goto(f"{served}/?etude=essai")
    page.get_by_role("link", name="Codage").click()
    page.get_by_label("Votre nom ou vos initiales").fill("Claire")
    page.get_by_role("button", name="Commencer à coder").click()
    show_grid(page)
    return page.get_by_role("region", name="Tableau des réponses")


def show_grid(page: Page) -> None:
    page.get_by_role("radio", name="Tableau").click()
    expect(page.locator(".grid tbody tr").first).to_be_visible()


def total(grid: Locator, count: int) -> None:
    expect(grid.locator(".total")).to_contain_text(f"sur {count} réponse")


def rows(grid: Locator) -> Locator:
    return grid.locator("tbody tr")


def people(grid: Locator) -> list[str]:
    return grid.locator("tbody .respondent").all_inner_texts()


def readers(study: Study) -> set[str]:
    decisions = study.decisions()
    standing = {
        name
        for name in decisions["verbatim_id"].unique()
        if (study.standing("Claire", name)["value"] == "read").any()
    }
    return {name.partition(":")[0] for name in standing}


def test_a_page_is_sorted_filtered_searched_and_turned(grid: Locator) -> None:
    total(grid, PEOPLE)
    assert people(grid)[:3] == ["r1", "r2", "r3"]
    grid.get_by_role("button", name="Page suivante").click()
    expect(grid.locator(".total")).to_contain_text("51 à 100")
    heading = grid.get_by_role("columnheader", name="Réponse")
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "ascending")
    expect(rows(grid).first).to_contain_text("Du calme et financer")
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    expect(rows(grid).first).to_contain_text("Plus de bancs")

    grid.get_by_label("Thème", exact=True).select_option(label="2 · Argent")
    total(grid, 48)
    grid.get_by_label("Profil").select_option(label="Association")
    total(grid, 24)
    grid.get_by_label("Rechercher").fill("CALME")
    total(grid, 12)
    expect(rows(grid).first.locator("mark")).to_have_text("calme")
    grid.get_by_role("button", name="Effacer les filtres").click()
    total(grid, PEOPLE)


def test_a_range_is_coded_at_once_and_one_undo_takes_it_back(
    page: Page, grid: Locator, study: Study
) -> None:
    rows(grid).nth(1).locator("td.text").click()
    rows(grid).nth(4).locator("td.text").click(modifiers=["Shift"])
    expect(grid.get_by_text("4 réponses choisies")).to_be_visible()
    grid.get_by_role("button", name="Ajouter un thème…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox").fill("cal")
    page.keyboard.press("Enter")
    expect(dialog).to_contain_text("4 réponses que vous n’aviez pas lues compteront comme lues")
    dialog.get_by_role("button", name="Ajouter à 4 réponses").click()
    expect(grid.get_by_text("« Calme » ajouté à 4 réponses.")).to_be_visible()
    expect(rows(grid).nth(1).locator(".chip.coded")).to_have_count(1)
    assert readers(study) == {"r2", "r3", "r4", "r5"}
    assert set(study.decisions().query("value == 'present'")["theme"]) == {"calme", "argent"}

    grid.locator(".says").get_by_role("button", name="Annuler").click()
    expect(grid.get_by_text("Le geste est repris tout entier.")).to_be_visible()
    assert readers(study) == set()


def test_all_that_passes_the_filters_is_validated_after_a_confirmation(
    page: Page, grid: Locator, study: Study
) -> None:
    grid.get_by_label("Thème", exact=True).select_option(label="1 · Calme")
    total(grid, 48)
    grid.get_by_label("Par page").select_option("200")
    expect(rows(grid)).to_have_count(48)
    grid.get_by_label("Par page").select_option("50")
    grid.get_by_label("Rechercher").fill("e")
    total(grid, 48)
    grid.get_by_role("button", name="Effacer les filtres").click()
    total(grid, PEOPLE)
    grid.get_by_role("button", name="Choisir les 120 réponses").click()
    grid.get_by_role("button", name="Valider les suggestions…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("48 réponses sont déjà lues ou n’ont pas de suggestion")
    dialog.get_by_role("button", name="Valider 72 réponses").click()
    expect(grid.get_by_text("72 réponses validées.")).to_be_visible()
    assert len(readers(study)) == 72
    assert study.decisions()["gesture"].nunique() == 1


def test_the_keyboard_chooses_rows_and_opens_one_on_the_board(page: Page, grid: Locator) -> None:
    rows(grid).first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowUp")
    expect(grid.get_by_text("2 réponses choisies")).to_be_visible()
    page.keyboard.press("Control+a")
    expect(grid.get_by_text("50 réponses choisies")).to_be_visible()
    page.keyboard.press("Escape")
    expect(grid.get_by_text("Aucune réponse choisie")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("[data-vid='r4:attentes']")).to_be_attached()
    show_grid(page)
    expect(page.locator(".grid tbody tr:focus")).to_contain_text("r4")


def test_the_columns_are_chosen_for_the_study(page: Page, grid: Locator, study: Study) -> None:
    grid.get_by_role("button", name="Colonnes").click()
    grid.get_by_role("checkbox", name="Structure").uncheck()
    expect(grid.get_by_role("columnheader", name="Structure")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(grid.get_by_role("checkbox", name="Marques")).to_be_hidden()
    assert "structure" not in study.store.setting("grid_columns")
