"""An analyst at work in Résultats: who is kept, what they wrote, what the report will say."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from verbatims import demo
from verbatims.study import Study

pytestmark = [pytest.mark.browser, pytest.mark.model]

NOT_JOINED = "Non, ces niveaux ne sont pas articulés"
THEMES = "Qu'attendez-vous de la co-construction"
CLOSED = "Vous êtes…"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("results")
    demo.build(made / "etudes" / "pionniers")
    return made


@pytest.fixture
def study(folder: Path) -> Study:
    return Study.open(folder / "etudes" / "pionniers")


@pytest.fixture(scope="module")
def address(serve: Callable[[Path], AbstractContextManager[str]], folder: Path) -> Iterator[str]:
    with serve(folder) as url:
        yield url


@pytest.fixture
def app(browser: Browser, address: str, study: Study) -> Iterator[Page]:  # noqa: ARG001
    """The page of results, as it opens for the first time."""
    size = {"width": 1440, "height": 900}
    with browser.new_context(viewport=size, locale="fr-FR", reduced_motion="reduce") as context:
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(f"{address}/?etude=pionniers")
        page.get_by_role("link", name="Résultats", exact=True).click()
        expect(card(page, CLOSED).locator("svg.marks")).to_be_visible()
        settled(page)
        yield page


def test_what_people_wrote_stands_beside_the_bar_that_is_clicked(app: Page) -> None:
    n = shown_in(bar(app, THEMES, "Coordination"))
    bar(app, THEMES, "Coordination").click()
    expect(behind(app).get_by_role("heading", name="Coordination")).to_be_visible()
    expect(behind(app).get_by_role("status")).to_have_text(re.compile(rf"de {n} répondants$"))
    expect(behind(app).locator("blockquote").first).to_be_visible()
    expect(behind(app).locator("blockquote mark").first).to_be_visible()
    behind(app).get_by_role("button", name="Fermer").click()
    expect(behind(app)).to_have_count(0)


def test_the_keyboard_does_what_a_click_on_a_bar_does(app: Page) -> None:
    type_in(app, app.get_by_role("combobox", name="Voir les verbatims de").nth(1), "Coordination")
    expect(behind(app).get_by_role("heading", name="Coordination")).to_be_visible()
    expect(behind(app).locator("blockquote").first).to_be_visible()


def test_one_figure_at_a_time_has_its_verbatims_in_sight(app: Page) -> None:
    bar(app, THEMES, "Coordination").click()
    expect(behind(app).get_by_role("heading", name="Coordination")).to_be_visible()
    type_in(app, app.get_by_role("combobox", name="Voir les verbatims de").nth(0), "Fondation")
    expect(behind(app).get_by_role("heading", name="Fondation")).to_be_visible()
    expect(behind(app)).to_have_count(1)


def test_a_filter_cuts_every_figure_and_stays_from_one_page_to_another(app: Page) -> None:
    keep_those(app, "articulés entre eux", NOT_JOINED)
    left = app.get_by_text(re.compile(r"^\d+ répondants? sur 52$"))
    expect(left).to_be_visible()
    n = int(left.inner_text().split()[0])
    expect(card(app, CLOSED)).to_contain_text(f"Base : {n} répondants")
    app.get_by_role("link", name="Citations", exact=True).click()
    expect(app.get_by_role("heading", name="Citations", exact=True)).to_be_visible()
    app.get_by_role("link", name="Résultats", exact=True).click()
    expect(left).to_be_visible()
    app.get_by_role("button", name="Retirer").or_(
        app.get_by_role("button", name=re.compile(NOT_JOINED))
    ).first.click()
    expect(app.get_by_text("tous les répondants (52 répondants)")).to_be_visible()
    expect(card(app, CLOSED)).to_contain_text("Base : 52 répondants")


def test_those_behind_a_bar_become_the_filter(app: Page) -> None:
    n = shown_in(bar(app, CLOSED, "Fondation"))
    bar(app, CLOSED, "Fondation").click()
    behind(app).get_by_role("button", name="Ne garder qu’eux").click()
    expect(app.get_by_text(f"{n} répondants sur 52")).to_be_visible()


def test_a_theme_crossed_by_a_profile_shows_its_cells_and_its_tests(app: Page) -> None:
    cross(app, THEMES, "Territoire d'action")
    drawn = card(app, THEMES)
    expect(drawn).to_contain_text("aux deux questions")
    drawn.get_by_text("Tous les chiffres").click()
    expect(drawn.get_by_role("table").first).to_contain_text("Coordination")
    expect(drawn.get_by_text("Tests", exact=True).first).to_be_visible()


def test_a_quote_is_starred_and_a_figure_kept_for_the_report(app: Page, study: Study) -> None:
    bar(app, THEMES, "Coordination").click()
    star = behind(app).get_by_role("button", name="Choisir comme citation").first
    star.click()
    wait_until(lambda: len(study.picks.frame()) == 1)
    behind(app).get_by_role("button", name="Retenir").first.click()
    expect(app.get_by_role("radio", name=re.compile("À retenir 1"))).to_be_visible()
    app.get_by_text(re.compile("^À retenir")).first.click()
    expect(app.get_by_label("Phrase n° 1")).to_have_value(re.compile("Coordination"))
    assert [kept.picked for kept in study.findings.all()] == [{"theme": "coordination"}]


def type_in(app: Page, box: Locator, words: str) -> None:
    """With the keyboard alone, once the list offers what was typed."""
    box.focus()
    app.keyboard.type(words)
    expect(app.get_by_role("option", name=words).first).to_be_visible()
    app.keyboard.press("Enter")


def settled(app: Page) -> None:
    """What is typed while the page is still being drawn may be drawn away."""
    expect(app.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def card(app: Page, title: str) -> Locator:
    """The card of a question, by the beginning of its title."""
    cards = app.locator("[class*=st-key-results_card_]")
    return cards.filter(has=app.get_by_role("heading", name=title))


def bar(app: Page, title: str, answer: str) -> Locator:
    """A bar of a drawing, by what it says of itself."""
    return card(app, title).locator(f'path[aria-roledescription=bar][aria-label*="{answer}"]')


def shown_in(bar: Locator) -> int:
    """How many people a bar says that it counts."""
    said = bar.get_attribute("aria-label") or ""
    return int(re.search(r"\((\d+)", said)[1])


def behind(app: Page) -> Locator:
    return app.locator("[class*=st-key-results_behind_panel_]")


def keep_those(app: Page, question: str, answer: str) -> None:
    app.get_by_role("button", name="Filtrer…").click()
    choose(app.get_by_role("combobox", name="Question", exact=True), question)
    app.get_by_role("button", name=answer).click()
    app.get_by_role("button", name="Filtrer", exact=True).click()


def cross(app: Page, title: str, by: str) -> None:
    choose(card(app, title).get_by_role("combobox", name="Croiser par"), by)


def choose(box: Locator, words: str) -> None:
    box.click()
    box.page.keyboard.type(words)
    box.page.get_by_role("option").first.click()


def wait_until(done: Callable[[], bool], *, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "rien ne s'est passé"
        time.sleep(0.1)
