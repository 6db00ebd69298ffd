"""A browser that wants English is given English, on every page, board and dialogs included."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from playwright.sync_api import Browser, Page, expect

from verbatims import demo, language
from verbatims.language import _, speaking
from verbatims.study import Study
from verbatims.ui.steps import STEPS, Step

LONG = 20  # letters from which a text of the study is known within another

pytestmark = [pytest.mark.browser, pytest.mark.model]

# Every text of the page, those of the board's own trees too, and what is read aloud or hovered.
TEXTS = """() => {
  const found = [];
  const shown = new Set(["aria-label", "title", "placeholder", "alt"]);
  const walk = (node) => {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) found.push(child.data);
      const hidden = ["STYLE", "SCRIPT"].includes(child.tagName);
      if (child.nodeType !== Node.ELEMENT_NODE || hidden) continue;
      for (const { name, value } of child.attributes) if (shown.has(name)) found.push(value);
      walk(child);
      if (child.shadowRoot) walk(child.shadowRoot);
    }
  };
  walk(document.body);
  return [...new Set(found.map((text) => text.trim()).filter((text) => /\\p{L}{3}/u.test(text)))];
}"""


@dataclass(frozen=True)
class Reader:
    """Who looks at the pages, and the words of the study: these stay in French."""

    page: Page
    data: frozenset[str]

    def french(self) -> list[str]:
        """The texts of the page that are ours, in French."""
        texts = self.page.evaluate(TEXTS)
        ours = [text for text in texts if any(form.fullmatch(text) for form in forms())]
        return [text for text in ours if not self.is_data(text)]

    def is_data(self, text: str) -> bool:
        """Whether a text is a piece of the study's, or holds one that is long."""
        text = " ".join(text.split())
        bare = text.strip(" “”…")
        return any(bare in own or (len(own) > LONG and own in text) for own in self.data)


def said_by(study: Study) -> frozenset[str]:
    """The answers, and the two files whole: any piece of them may be shown."""
    texts = [*study.verbatims()["text"], *study.answers()["value"].unique()]
    texts += [question.title for question in study.questionnaire.questions]
    files = (study.questionnaire_path, study.codebook_path)
    texts += [file.read_text("utf-8") for file in files]
    return frozenset(" ".join(text.split()) for text in texts if text)


@pytest.fixture(scope="module")
def reader(
    serve: Callable[[Path], AbstractContextManager[str]],
    browser: Browser,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Reader]:
    """The demonstration, made in French, open in an English browser."""
    folder = tmp_path_factory.mktemp("english")
    study = demo.build(folder / "etudes" / "pionniers")
    theme = next(iter(study.codebook)).id
    for number, verbatim in enumerate(study.verbatims()["verbatim_id"][:8]):
        study.decide("Ann", verbatim, present=[theme][: number % 2])
        study.decide("Bob", verbatim, present=[theme][: number % 3])
    with (
        serve(folder) as url,
        browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB") as context,
    ):
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(f"{url}/codage?etude=pionniers")
        page.get_by_role("button", name="Ann", exact=True).click()
        expect(page.locator("[data-vid]:not([data-vid=''])")).to_be_attached()
        yield Reader(page, said_by(study))


@cache
def forms() -> list[re.Pattern[str]]:
    """How each of our texts reads in French, where English says otherwise."""
    with (language.CATALOGUES / "en" / "LC_MESSAGES" / "verbatims.po").open("rb") as file:
        messages = [message for message in read_po(file, locale="en") if message.id]
    found = []
    for message in messages:
        pairs = [(message.id, message.string)]
        if not isinstance(message.id, str):
            pairs = list(zip(message.id, message.string, strict=True))
        found += [shape(text) for text, said in pairs if text != said and has_words(text)]
    return found


def has_words(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]{3}", re.sub(r"\{\w+\}", "", text)))


def shape(text: str) -> re.Pattern[str]:
    """A text whatever its values, and whatever its spaces."""
    parts = re.split(r"\{\w+\}", " ".join(text.split()))
    return re.compile(".+".join(re.escape(part).replace("\\ ", r"\s+") for part in parts))


def settled(page: Page) -> None:
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_attached()
    expect(page.locator("[data-testid=stSpinner], [data-stale=true]")).to_have_count(0)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.file)
def test_a_page_says_nothing_in_french(reader: Reader, step: Step) -> None:
    app = reader.page
    with speaking("en"):
        title = _(step.title)
    app.get_by_role("link", name=title, exact=True).click()
    expect(app.get_by_role("heading", level=1).first).to_have_text(title)
    settled(app)
    assert app.evaluate("document.documentElement.lang") == "en"
    found = {"": reader.french()}
    for label in app.locator("main [data-testid=stButtonGroup] [role=radio]").all_inner_texts():
        radio = app.locator("main [data-testid=stButtonGroup] [role=radio]", has_text=label).first
        if radio.count():
            radio.click(force=True)
            settled(app)
            found[label] = reader.french()
    assert {view: texts for view, texts in found.items() if texts} == {}


@pytest.mark.parametrize("key", ["Shift+?", "Shift+G", "/"])
def test_what_the_board_opens_says_nothing_in_french(reader: Reader, key: str) -> None:
    app = reader.page
    app.get_by_role("link", name="Coding", exact=True).click()
    app.locator(".st-key-coding_view").get_by_text("One by one").click()
    expect(app.locator("[data-vid]:not([data-vid=''])")).to_be_attached()
    app.locator(".board").focus()
    app.keyboard.press(key)
    found = reader.french()
    app.keyboard.press("Escape")
    assert found == []
