"""A coder goes by doubt, sees why; an analyst adds the term that validated answers suggest."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from verbatims import demo
from verbatims.frames import RANDOM

pytestmark = [pytest.mark.browser, pytest.mark.model]


def test_a_coder_reads_at_random_with_reasons_then_a_term_is_added_and_undone(
    page: Page, tmp_path: Path
) -> None:
    study = demo.build(tmp_path / "etudes" / "pionniers")
    text = study.editing.text()
    page.reload()
    page.get_by_role("button", name="pionniers").click()
    expect(page.get_by_role("heading", name="Réponses")).to_be_visible()

    show(page, "Thèmes")
    tab(page, "Fiabilité")
    expect(page.get_by_text("Faut-il continuer ?")).to_be_visible()
    page.get_by_role("button", name="Coder au hasard").click()
    page.get_by_label("Votre nom").fill("Claire")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Tirage au hasard")).to_be_visible()
    expect(page.get_by_text(re.compile("Pourquoi — "))).to_be_visible()
    code(page, 5)
    assert set(study.decisions().query("coder == 'Claire'")["queue"]) == {RANDOM}

    show(page, "Thèmes")
    tab(page, "Apprendre")
    expect(page.get_by_text("jamais utilisées pour proposer")).to_be_visible(timeout=60_000)
    proposed = page.locator(".v-proposed b").first
    term = proposed.inner_text()
    page.get_by_role("button", name="Exemples").first.click()
    expect(page.locator(".v-contexts mark").first).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name=re.compile("^Ajouter$")).first.click()
    undo = page.get_by_role("button", name=re.compile("Annuler : Terme"))
    expect(undo).to_be_visible()
    assert term in study.editing.text()
    undo.click()
    expect(undo).to_have_count(0)
    expect(page.locator(".v-proposed b").first).to_have_text(term)
    assert study.editing.text() == text


def code(page: Page, count: int) -> None:
    """Validate the answers on the desk one after the other."""
    for done in range(1, count + 1):
        page.keyboard.press("Enter")
        expect(page.get_by_text(re.compile(rf"^{done} / "))).to_be_visible()
    expect(page.locator("[data-pending='0']")).to_be_attached()


def show(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()


def tab(page: Page, name: str) -> None:
    page.locator(".st-key-themes_tab").get_by_text(name).click()
