"""An analyst changes the codebook with its effect in sight, saves, runs again and undoes."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from verbatims import demo
from verbatims.study import Study

pytestmark = [pytest.mark.browser, pytest.mark.model]


def test_terms_and_a_merge_are_previewed_saved_run_and_undone(page: Page, tmp_path: Path) -> None:
    study = open_themes(page, tmp_path)
    before = study.editing.text()
    show(page, "Modifier")
    terms = page.get_by_role("textbox", name="Termes cherchés")
    expect(terms).to_have_value(re.compile("^coordonner\n"))
    terms.fill("coordonner\nréunion\n*faute")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("ligne 3")).to_be_visible()
    terms.fill("coordonner\nréunion")
    page.keyboard.press("Control+Enter")
    expect(moves(page).filter(has_text="Coordination")).to_be_visible()

    page.get_by_role("button", name="Fusionner…").click()
    page.get_by_label("Réunir dans").click()
    page.keyboard.type("Valorisation")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Fusionner", exact=True).click()
    expect(moves(page).filter(has_text="Valorisation")).to_contain_text("−")
    assert study.editing.text() == before

    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Grille de codage enregistrée")).to_be_visible()
    page.get_by_role("button", name="Relancer l’analyse").click()
    expect(page.get_by_text(re.compile("Classes : "))).to_be_visible(timeout=120_000)
    show(page, "Grille")
    page.get_by_text("Thèmes retirés (1)").click()
    expect(page.locator(".v-retired li")).to_contain_text("repris par")

    page.get_by_role("button", name="Annuler : ").click()
    expect(page.get_by_text("Dernier changement annulé")).to_be_visible()
    assert study.editing.text() == before


def test_a_codebook_of_another_program_is_read_and_one_is_written_for_it(
    page: Page, tmp_path: Path
) -> None:
    open_themes(page, tmp_path)
    show(page, "Modifier")
    page.locator(".st-key-codebook_way").get_by_text("Importer, exporter").click()
    with page.expect_download() as waited:
        page.get_by_role("button", name="REFI-QDA").click()
    written = tmp_path / waited.value.suggested_filename
    waited.value.save_as(written)
    assert written.suffix == ".qdc"
    assert "Coordination" in written.read_text("utf-8")
    table = tmp_path / "grille.csv"
    table.write_text("nom;parent;définition\nTransport;;Se déplacer\nVélo;Transport;\n", "utf-8")
    page.locator("input[type=file]").set_input_files(table)
    expect(page.get_by_text("Vélo : ajouté.")).to_be_visible()
    page.get_by_role("button", name="Abandonner").click()
    expect(page.get_by_text("Vélo : ajouté.")).not_to_be_visible()


def open_themes(page: Page, tmp_path: Path) -> Study:
    """The page of themes of the demonstration."""
    study = demo.build(tmp_path / "etudes" / "pionniers")
    page.reload()
    page.get_by_role("button", name="pionniers").click()
    expect(page.get_by_role("heading", name="Réponses")).to_be_visible()
    page.get_by_role("link", name="Thèmes", exact=True).click()
    expect(page.locator(".v-tree")).to_be_visible()
    return study


def show(page: Page, name: str) -> None:
    """One of the views of the page."""
    page.locator(".st-key-themes_tab").get_by_text(name).click()
    expect(page.locator(".st-key-themes_tab [data-selected=true]")).to_contain_text(name)


def moves(page: Page) -> Locator:
    """The themes whose suggestions the draft changes."""
    return page.locator(".v-moves tbody tr")
