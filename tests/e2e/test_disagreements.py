"""A lead settles what two coders disagree on, by keys, and the codings follow."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from verbatims.study import Study

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("without_model_here")]

QUESTIONNAIRE = """questions:
  - {id: repondant, kind: id, column: id}
  - {id: avis, kind: open, column: avis, text: "Votre avis ?"}
"""
CODEBOOK = """themes:
  - {id: argent, label: Argent, definition: L'argent, terms: [financer]}
  - {id: liens, label: Liens, definition: Les liens, terms: [relier]}
"""


def build(path: Path) -> Study:
    """Anne and Paul read six answers; they disagree on the first two."""
    made = Study.create(path)
    made.save_questionnaire(QUESTIONNAIRE)
    made.save_codebook(CODEBOOK)
    file = path / "enquete.csv"
    file.write_text("id;avis\n" + "\n".join(f"r{n};financer n{n}" for n in range(6)), "utf-8")
    made.import_file(file)
    made.run(tagger="lexicon", k=3)
    for n in range(6):
        made.decide("Anne", f"r{n}:avis", present=["argent"])
        made.decide("Paul", f"r{n}:avis", present=[] if n < 2 else ["argent"])
    return made


def test_a_lead_adjudicates_by_keys_undoes_and_every_decision_stays(
    page: Page, tmp_path: Path, served: str
) -> None:
    study = build(tmp_path / "etudes" / "essai")
    before = study.decisions()
    page.goto(f"{served}/codage?etude=essai")
    page.get_by_label("Votre nom ou vos initiales").fill("Léa")
    page.get_by_role("button", name="Commencer à coder").click()
    page.get_by_text("Désaccords", exact=True).click()
    expect(page.locator(".v-disputed", has_text="financer n0")).to_be_visible()
    expect(page.get_by_role("heading", name="Anne")).to_be_visible()
    expect(page.locator("[data-hears]")).to_be_attached()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".v-disputed", has_text="financer n1")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".v-disputed", has_text="financer n0")).to_be_visible()

    expect(page.get_by_role("button", name="Argent : à trancher")).to_be_visible()
    page.keyboard.press("1")
    expect(page.get_by_role("button", name="Argent : présent")).to_be_visible()
    page.keyboard.press("1")
    expect(page.get_by_role("button", name="Argent : absent")).to_be_visible()
    page.get_by_label("Motif").fill("1 seul mot ne suffit pas")
    page.get_by_label("Motif").press("Enter")
    expect(page.locator(".v-disputed", has_text="financer n1")).to_be_visible()
    assert study.agreement.traces().set_index("verbatim_id").loc["r0:avis", "how"] == "arbitrage"
    kept = study.codings().set_index("verbatim_id")["present"]
    assert (kept["r0:avis"], kept["r1:avis"]) == (False, True)

    page.get_by_text("Arbitrés (1)").click()
    expect(page.get_by_text("1 seul mot ne suffit pas")).to_be_visible()
    page.keyboard.press("z")
    expect(page.get_by_text("À arbitrer (2)")).to_be_visible()
    assert bool(study.codings().set_index("verbatim_id")["present"]["r0:avis"])
    assert study.decisions().equals(before)
