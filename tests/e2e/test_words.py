"""An analyst checks how words are read, rules on them and runs the analysis again."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from verbatims import demo
from verbatims.frames import CORRECTIONS
from verbatims.study import Study

pytestmark = [pytest.mark.browser, pytest.mark.model]


def test_a_lemma_and_an_expression_are_ruled_on_undone_and_heard_by_the_next_run(
    page: Page, tmp_path: Path
) -> None:
    study = open_words(page, tmp_path)
    expect(page.get_by_text("L’analyse tient compte de toutes les décisions.")).to_be_visible()

    show(page, "Lemmes")
    page.get_by_placeholder("forme ou lemme").fill("COORDINÀTION")
    page.keyboard.press("Enter")
    expect(page.locator(".v-word")).to_contain_text("coordination")
    expect(page.locator(".v-contexts mark").first).to_have_text(re.compile("coordination", re.I))
    page.get_by_label("Autre lemme").fill("coordonner")
    page.keyboard.press("Enter")
    expect(page.get_by_text("pourquoi")).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    page.get_by_label("Motif").fill("même famille")
    page.keyboard.press("Enter")
    expect(page.locator(".v-ruled")).to_have_text("→ coordonner")

    show(page, "Expressions")
    page.get_by_role("button", name="Ajouter").click()
    page.get_by_label("Ajouter une expression").fill("acteurs du territoire")
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 décisions attendent")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Annuler la dernière").click()
    expect(page.get_by_text("1 décision attend")).to_be_visible()

    page.get_by_role("button", name="Relancer l’analyse").click()
    expect(page.get_by_text(re.compile("Classes : .* en .* s"))).to_be_visible(timeout=120_000)
    expect(page.get_by_text("L’analyse tient compte de toutes les décisions.")).to_be_visible()
    assert standing(study) == [("lemma", "coordination", "coordonner")]
    lemmas = study.lemmas()
    read = lemmas.loc[lemmas["form"].str.casefold() == "coordination", "lemma"]
    assert set(read) == {"coordonner"}


def test_a_row_is_chosen_and_ticked_by_key(page: Page, tmp_path: Path) -> None:
    study = open_words(page, tmp_path)
    show(page, "Mots vides")
    expect(page.locator(".v-word")).to_have_text("le")
    page.get_by_placeholder("mot", exact=True).focus()
    grid = page.get_by_test_id("stDataFrame").last
    grid.locator("canvas").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".v-word")).not_to_have_text("le")
    second = page.locator(".v-word b").inner_text()
    page.keyboard.press("Shift+Space")
    keep = page.get_by_role("button", name="Garder")
    keep.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".v-ruled")).to_have_text("gardé")
    assert standing(study) == [("stop word", second, "kept")]


def open_words(page: Page, tmp_path: Path) -> Study:
    """The page of words of the demonstration."""
    study = demo.build(tmp_path / "etudes" / "pionniers")
    page.reload()
    page.get_by_role("button", name="pionniers").click()
    expect(page.get_by_role("heading", name="Réponses")).to_be_visible()
    page.get_by_role("link", name="Mots", exact=True).click()
    expect(page.get_by_role("heading", name="Mots", exact=True)).to_be_visible()
    return study


def show(page: Page, name: str) -> None:
    """One of the lists."""
    page.locator(".st-key-words_tab").get_by_text(name).click()
    expect(page.locator(".st-key-words_tab [data-selected=true]")).to_contain_text(name)
    # for an instant the list before stands in the page too, above
    expect(page.get_by_test_id("stDataFrame").last).to_be_visible()


def standing(study: Study) -> list[tuple[str, str, str]]:
    rows = CORRECTIONS.check(study.words.rulings())[["kind", "form", "value"]]
    return list(rows.itertuples(index=False, name=None))
