"""From a survey file to the CSV of the report, by hand, in a real browser."""

import csv
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from verbatims import demo, settings
from verbatims.study import Study

pytestmark = [pytest.mark.browser, pytest.mark.model]

DATA = settings.shipped("data")
CODED = 10


def test_an_analyst_goes_from_the_file_to_the_csv_of_the_report(page: Page, tmp_path: Path) -> None:
    create(page, "Essai de bout en bout")
    import_survey(page, DATA / "pionniers.csv", (DATA / "questionnaire.yaml").read_text("utf-8"))
    write_codebook(page, settings.shipped("codebook.yaml").read_text("utf-8"))
    run(page)
    texts = code(page, CODED)
    see_results(page)
    export(page)

    folder = tmp_path / "etudes" / "essai-de-bout-en-bout"
    frequencies = rows(folder / "exports" / "frequences_themes.csv")
    assert {"Coordination", "Valorisation", "Décloisonnement"} <= {
        cell for row in frequencies for cell in row.values()
    }
    decisions = Study.open(folder).decisions()
    assert set(decisions["coder"]) == {"Claire"}
    assert decisions["verbatim_id"].nunique() == CODED
    exported = {
        cell for row in rows(folder / "exports" / "verbatims_codes.csv") for cell in row.values()
    }
    assert set(map(plain, texts)) <= set(map(plain, exported))


def test_a_memo_is_kept_when_the_coder_goes_on_without_leaving_the_field(
    page: Page, tmp_path: Path
) -> None:
    study = demo_study(page, tmp_path)
    start_coding(page)
    page.get_by_label("Mémo").fill("à revoir ensemble")
    page.get_by_role("button", name="Passer").click()
    wait_until(lambda: len(study.memos()) == 1)
    assert list(study.memos()["text"]) == ["à revoir ensemble"]


def test_a_reload_opens_the_same_study_for_the_same_coder(page: Page, tmp_path: Path) -> None:
    demo_study(page, tmp_path)
    start_coding(page)
    page.reload()
    expect(page.locator(".board .text")).not_to_be_empty()
    expect(page.get_by_text("Codé par Claire")).to_be_visible()


def test_the_page_says_that_it_is_in_french(page: Page) -> None:
    expect(page.get_by_role("heading", name="Étude", exact=True)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "fr")


def create(page: Page, name: str) -> None:
    page.get_by_label("Nom de l’étude").fill(name)
    page.get_by_role("button", name="Créer").click()
    expect(page.get_by_text("Déposer un fichier d’enquête")).to_be_visible()


def import_survey(page: Page, file: Path, questionnaire: str) -> None:
    page.locator("input[type=file]").set_input_files(file)
    draft = page.get_by_label(re.compile("^Questionnaire"))
    expect(draft).to_have_value(re.compile("questions:"))
    draft.fill(questionnaire)
    page.get_by_role("button", name="Importer").click()
    expect(page.get_by_text("Importé : 52 répondants")).to_be_visible()


def write_codebook(page: Page, text: str) -> None:
    go(page, "Thèmes")
    page.locator(".st-key-codebook_way").get_by_text("Fichier").click()
    page.get_by_label("codebook.yaml").fill(text)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Grille de codage enregistrée")).to_be_visible()


def run(page: Page) -> None:
    go(page, "Étude")
    page.get_by_role("button", name="Lancer l’analyse").click()
    expect(page.get_by_text(re.compile("Classes : .* en .* s"))).to_be_visible(timeout=120_000)


def code(page: Page, count: int) -> list[str]:
    """Validate that many verbatims, by key then by mouse; give back their texts."""
    go(page, "Codage")
    name_coder(page)
    texts = []
    for done in range(count):
        expect(page.get_by_text(re.compile(rf"^{done} / \d+"))).to_be_visible()
        texts.append(page.locator(".board .text").inner_text())
        if done % 2:
            page.keyboard.press("Enter")
        else:
            page.get_by_role("button", name="Valider").click()
    expect(page.get_by_text(re.compile(rf"^{count} / \d+"))).to_be_visible()
    return texts


def see_results(page: Page) -> None:
    go(page, "Résultats")
    expect(page.get_by_text(re.compile(r"^Base\s:")).first).to_be_visible()
    expect(page.locator(".stVegaLiteChart, [data-testid=stVegaLiteChart]").first).to_be_visible()


def export(page: Page) -> None:
    go(page, "Export")
    page.get_by_role("button", name="Écrire les fichiers").click()
    expect(page.get_by_text(re.compile("fichiers écrits"))).to_be_visible()


def go(page: Page, title: str) -> None:
    page.get_by_role("link", name=title, exact=True).click()
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()


def name_coder(page: Page) -> None:
    page.get_by_label("Votre nom ou vos initiales").fill("Claire")
    page.get_by_role("button", name="Commencer à coder").click()
    expect(page.locator(".board .text")).not_to_be_empty()


def start_coding(page: Page) -> None:
    go(page, "Codage")
    name_coder(page)


def demo_study(page: Page, tmp_path: Path) -> Study:
    """The demonstration, built beforehand and opened from the first page."""
    study = demo.build(tmp_path / "etudes" / "pionniers")
    page.reload()
    page.get_by_role("button", name="pionniers").click()
    expect(page.get_by_role("heading", name="Réponses")).to_be_visible()
    return study


def wait_until(done: Callable[[], bool], *, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "rien ne s'est passé"
        time.sleep(0.1)


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=";"))


def plain(text: str) -> str:
    return " ".join(text.split())
