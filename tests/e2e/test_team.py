"""A lead has everything coded twice, blind: nothing shows before both coders are done."""

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from verbatims import review
from verbatims.study import Study

pytestmark = pytest.mark.browser

QUESTIONNAIRE = """title: Essai
questions:
  - {id: repondant, kind: id, column: id}
  - {id: idees, kind: open, column: Idées, text: "Vos idées ?"}
  - {id: craintes, kind: open, column: Craintes, text: "Vos craintes ?"}
"""
CODEBOOK = """title: Grille
themes:
  - {id: velo, label: Vélo, definition: Aller à vélo., terms: [vélo]}
  - {id: arbre, label: Arbres, definition: Planter., terms: [arbre]}
"""
SURVEY = "id;Idées;Craintes\nr1;du vélo partout;trop de béton\nr2;des arbres et du vélo;\n"
FIRST = "r1:idees"
SECRET = "Mémo que Paul ne doit pas voir"


@pytest.fixture
def study(tmp_path: Path) -> Study:
    made = Study.create(tmp_path / "etudes" / "essai")
    made.save_questionnaire(QUESTIONNAIRE)
    made.save_codebook(CODEBOOK)
    file = tmp_path / "enquete.csv"
    file.write_text(SURVEY, "utf-8")
    made.import_file(file)
    return made


@contextmanager
def somebody(browser: Browser, url: str) -> Iterator[Page]:
    """A browser of their own, on the study."""
    with browser.new_context(viewport={"width": 1440, "height": 900}, locale="fr-FR") as context:
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(url)  # the first page served must be the home page
        page.goto(f"{url}/?etude=essai")
        yield page


def go(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", name=name, exact=True, level=1)).to_be_visible()


def account(page: Page, name: str) -> str:
    """Make an account; its key."""
    field = page.get_by_label("Nom", exact=True)
    expect(field).to_have_count(1)  # that of the run before has gone
    field.fill(name)
    page.get_by_role("button", name="Créer le compte").click()
    expect(page.get_by_text(f"Clé de « {name} »".replace(" ", "\u00a0", 1))).to_be_visible()
    key = page.get_by_test_id("stCode").inner_text().strip()
    page.get_by_role("button", name="C’est noté").click()
    expect(page.get_by_test_id("stCode")).to_have_count(0)
    return key


def sign_in(page: Page, name: str, key: str) -> None:
    page.reload()
    page.get_by_label("Votre nom").fill(name)
    page.get_by_label("Votre clé").fill(key)
    page.get_by_role("button", name="Entrer").click()
    go(page, "Codage")
    expect(page.get_by_role("application")).to_be_visible()


def asking(page: Page, study: Study, coder: str) -> Callable[[str, object], object]:
    """What a coder's browser gets from a route, whole."""
    headers = {"X-Verbatims": study.team.token(coder), "Content-Type": "application/json"}

    def ask(route: str, body: object) -> object:
        address = re.sub(r"(https?://[^/]+).*", r"\1", page.url)
        answer = page.request.post(
            f"{address}/verbatims/{route}", headers=headers, data=json.dumps(body)
        )
        assert answer.ok, answer.text()
        return answer.json()

    return ask


def everything(ask: Callable[[str, object], object], study: Study) -> dict[str, object]:
    """All that a coder is told, by any route and about any verbatim."""
    told = {"batch": ask("batch", {"filters": {}, "about": True}), "grid": ask("grid", {})}
    for verbatim in study.planning.pool():
        told[f"sheet {verbatim}"] = ask("sheet", {"id": verbatim})
        told[f"near {verbatim}"] = ask("near", {"id": verbatim})
    return told


def codes_all(page: Page, verbatims: int, key: str) -> None:
    """Give one theme to everything, from the keyboard, until all is saved."""
    board = page.get_by_role("application")
    board.focus()
    for n in range(1, verbatims + 1):
        page.keyboard.press(key)
        page.keyboard.press("Enter")
        expect(board.locator(".progress")).to_contain_text(f"{n}")


def test_two_coders_code_blind_and_the_lead_sees_where_they_disagree(
    browser: Browser, served: str, study: Study
) -> None:
    with (
        somebody(browser, served) as claire,
        somebody(browser, served) as anne,
        somebody(browser, served) as paul,
    ):
        go(claire, "Équipe")
        claire.get_by_text("Codeurs", exact=True).click()
        keys = {name: account(claire, name) for name in ("Claire", "Anne", "Paul")}

        claire.get_by_text("Répartition", exact=True).click()
        chosen = claire.get_by_test_id("stMultiSelect")
        chosen.get_by_role("button", name=re.compile("Claire")).click()
        share_everything_twice(claire)
        claire.get_by_role("button", name="Répartir 3 réponses").click()
        expect(claire.get_by_text("Répartition n° 1").first).to_be_visible()
        (plan,) = study.planning.plans()
        assert (plan.blind, plan.doubles, plan.author) == (True, 3, "Claire")

        sign_in(anne, "Anne", keys["Anne"])
        sign_in(paul, "Paul", keys["Paul"])
        ask, lead = asking(paul, study, "Paul"), asking(claire, study, "Claire")
        before, known = everything(ask, study), everything(lead, study)

        codes_all(anne, 3, "1")
        study.store.add_memo("Anne", FIRST, SECRET)
        expect_read(study, "Anne", 3)
        assert everything(ask, study) == before
        assert everything(lead, study) == known
        assert study.agreement.disagreements().empty

        codes_all(paul, 3, "2")
        expect_read(study, "Paul", 3)
        assert everything(lead, study) != known
        assert len(study.agreement.disagreements()) > 0
        (plan,) = study.planning.plans()
        assert (plan.done, plan.begun) == (3, 0)
        go(claire, "Équipe")
        expect(claire.get_by_role("row", name=re.compile("À deux.*3.*0.*0"))).to_be_visible()


def share_everything_twice(page: Page) -> None:
    slider = page.get_by_role("slider")
    slider.focus()
    page.keyboard.press("End")
    expect(page.get_by_text("Soit 3 réponses sur 3.")).to_be_visible()


def expect_read(study: Study, coder: str, n: int) -> None:
    """What is decided in a browser is written a moment later."""
    end = time.monotonic() + 30
    while sum(coder in names for names in review.readers(study.store.decisions()).values()) != n:
        assert time.monotonic() < end
        time.sleep(0.1)
