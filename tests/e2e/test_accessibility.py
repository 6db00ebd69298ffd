"""Nothing that axe-core finds fault with (WCAG 2.1 A and AA), on any page, light or dark."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from verbatims import demo
from verbatims.frames import RANDOM
from verbatims.study import Study
from verbatims.ui.steps import STEPS, Step

pytestmark = [pytest.mark.browser, pytest.mark.model]

WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    "resultTypes": ["violations"],
}
FAULTS = """(options) =>
  axe.run(document, options).then(({ violations }) => violations)"""

AXE = Axe().axe_script

# Faults of Streamlit that nothing outside of it can mend: rule → what holds it, and why.
NOT_OURS: dict[str, tuple[re.Pattern[str], str]] = {}


@pytest.fixture(scope="module")
def address(
    serve: Callable[[Path], AbstractContextManager[str]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The app, on the demonstration as two coders have begun to read it."""
    folder = tmp_path_factory.mktemp("accessible")
    study = demo.build(folder / "etudes" / "pionniers")
    read_by_two(study)
    with serve(folder) as url:
        yield url


def read_by_two(study: Study) -> None:
    """Claire and Paul read the same answers, and do not always agree."""
    theme = next(iter(study.codebook)).id
    for number, verbatim in enumerate(study.verbatims()["verbatim_id"][:40]):
        study.decide("Claire", verbatim, present=[theme][: number % 2], queue=RANDOM)
        study.decide("Paul", verbatim, present=[theme][: number % 3], queue=RANDOM)
    study.run()


@pytest.fixture(scope="module", params=["light", "dark"])
def app(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """The study open for Claire, in each of the two schemes."""
    size = {"width": 1440, "height": 900}
    with browser.new_context(
        viewport=size, locale="fr-FR", color_scheme=request.param, reduced_motion="reduce"
    ) as context:
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(f"{address}/codage?etude=pionniers")
        page.get_by_role("button", name="Claire", exact=True).click()
        settle(page)
        yield page


WAITING = (
    *("[data-stale=true]", "[data-testid=stSpinner]", "[data-testid=stSkeleton]"),
    *("[aria-busy=true]", ".texts.old"),  # of the board: it waits for the server, and says so
)
QUIET = """(waiting) => {
  const within = [...document.querySelectorAll("*")].map((one) => one.shadowRoot);
  const roots = [document, ...within.filter(Boolean)];
  const state = document.querySelector("[data-testid=stApp]")?.dataset.testScriptState;
  const fades = (root) => root.getAnimations().some((one) =>
    one.playState === "running" && one.effect.getComputedTiming().endTime < Infinity);
  if (state !== "notRunning" || roots.some((root) => fades(root) || root.querySelector(waiting)))
    window.busy = performance.now();
  return performance.now() - window.busy > 200;
}"""


def settle(page: Page) -> None:
    """Wait until the script has run and nothing of the page before is left, nor fades."""
    page.evaluate("window.busy = performance.now()")
    page.wait_for_function(QUIET, arg=", ".join(WAITING))


def faults(page: Page) -> list[str]:
    """What axe finds, one line per element, but for what is not ours."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)  # stays until the page is loaded again, which a link does not do
    found = page.evaluate(FAULTS, WCAG)  # without what it finds right, which is long to hand over
    return [
        f"{rule['id']} {node['target']} {node['html'][:200]} {why(node)}"
        for rule in found
        for node in rule["nodes"]
        if not excused(rule["id"], node["html"])
    ]


def why(node: dict) -> str:
    return "; ".join(check["message"] for check in node["any"] + node["all"])


def excused(rule: str, html: str) -> bool:
    return rule in NOT_OURS and bool(NOT_OURS[rule][0].search(html))


def views(page: Page, seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """The page as it opens, then each of its views and the views within."""
    yield ""
    groups = page.locator("[data-testid=stButtonGroup]")
    for group in [groups.nth(number) for number in range(groups.count())]:
        name = named(group)
        if name in seen:
            continue
        seen |= {name}
        for label in group.get_by_role("radio").all_inner_texts()[1:]:
            group.get_by_text(label, exact=True).click()
            settle(page)
            for within in views(page, seen):
                yield f"{label} {within}"
        group.get_by_role("radio").first.click(force=True)
        settle(page)


def named(group: Locator) -> str:
    """The key of a choice between views, which Streamlit writes in its class."""
    held = group.locator("xpath=ancestor-or-self::*[contains(@class, 'st-key-')][1]")
    return held.get_attribute("class") or "" if held.count() else group.inner_text()


def popovers(page: Page, known: set[str]) -> Iterator[str]:
    """Each popover of the page that is not `known` from another of its views, open."""
    buttons = page.locator("main [data-testid=stPopover] button:enabled")
    for button in [buttons.nth(number) for number in range(buttons.count())]:
        if button.is_visible() and button.inner_text() not in known:
            known.add(button.inner_text())
            button.click()
            settle(page)
            yield button.inner_text()
            page.keyboard.press("Escape")
            settle(page)


def open_folds(page: Page) -> None:
    folds = page.locator("main details:not([open]) > summary")
    if folds.count():
        folds.evaluate_all("folds => folds.forEach((fold) => fold.click())")
        settle(page)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.file)
def test_a_page_has_no_fault_in_any_of_its_views(app: Page, step: Step) -> None:
    app.get_by_role("link", name=step.title, exact=True).click()
    expect(app.get_by_role("heading", level=1).first).to_be_visible()
    settle(app)
    found: dict[str, list[str]] = {}
    known: set[str] = set()
    for view in views(app):
        open_folds(app)
        found[view] = faults(app)
        for name in popovers(app, known):
            found[f"{view} {name}"] = faults(app)
    assert {view: each for view, each in found.items() if each} == {}


@pytest.mark.parametrize(
    ("view", "opening"),
    [
        ("Une à une", "Shift+?"),
        ("Une à une", "Shift+G"),
        ("Une à une", "/"),
        ("Tableau", "Ajouter un thème"),
        ("Tableau", "Colonnes"),
    ],
)
def test_what_opens_over_the_answers_has_no_fault(app: Page, view: str, opening: str) -> None:
    app.get_by_role("link", name="Codage", exact=True).click()
    app.locator(".st-key-coding_view").get_by_text(view).click()
    settle(app)
    if view == "Tableau":
        app.get_by_label("Choisir la réponse de").first.check()
        app.get_by_role("button", name=opening).click()
    else:
        app.locator(".board").focus()
        app.keyboard.press(opening)
    settle(app)
    found = faults(app)
    app.keyboard.press("Escape")
    assert found == []
