"""The coding board in a real browser: each of its gestures reaches the study, and none is lost."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from verbatims.study import Study

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("without_model_here")]

PROJECT = Path(__file__).parents[2]
LABELS = (
    *("Coordination", "Valorisation", "Formation", "Financement", "Mobilité", "Santé"),
    *("Logement", "Culture", "Numérique", "Emploi", "Jeunesse"),
)
CODEBOOK = "title: Grille d'essai\nthemes:\n" + "".join(
    f"  - {{id: t{place}, label: {label}, definition: Dire {label}., terms: [{term}]}}\n"
    for place, label in enumerate(LABELS, 1)
    for term in [{1: "coordonner", 2: "valoriser"}.get(place, f"jamais dit {place}")]
)
QUESTIONNAIRE = """title: Enquête d'essai
questions:
  - {id: repondant, kind: id, column: id}
  - {id: structure, kind: single, profile: true, column: Structure, text: Vous êtes…}
  - {id: accord, kind: single, column: Accord, text: "Êtes-vous d'accord ?", labels: [Oui, Non]}
  - {id: attentes, kind: open, column: Attentes, text: "Qu'attendez-vous ?"}
"""
FIRST = "😀 Valoriser les actions locales, et coordonner les acteurs"
TWICE = "Former les équipes partout"
COUNT = 160
"""Answers: the first with a picture, the second said by three people."""


@dataclass
class Coder:
    """A page with somebody who codes."""

    name: str
    page: Page
    study: Study

    @property
    def board(self) -> Locator:
        return self.page.locator(".board")

    @property
    def text(self) -> str:
        return self.page.locator(".board .text").inner_text()

    @property
    def shown(self) -> str:
        """The verbatim on the desk, once every key pressed has been heard."""
        expect(self.page.locator("[data-held='0']")).to_be_attached()
        return str(self.page.evaluate("document.querySelector('[data-vid]').dataset.vid"))

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def settle(self) -> None:
        """Until everything has reached the study."""
        expect(self.page.locator("[data-held='0'][data-pending='0']")).to_be_attached()

    def decided(self) -> list[tuple[str, str, str]]:
        """What stands of the coder's decisions: verbatim, theme, value."""
        self.settle()
        rows = self.study.decisions()
        own = rows[rows["coder"] == self.name]
        standing = [
            self.study.standing(self.name, name) for name in dict.fromkeys(own["verbatim_id"])
        ]
        return [
            row
            for frame in standing
            for row in frame[["verbatim_id", "theme", "value"]].itertuples(index=False, name=None)
        ]

    def themes(self, verbatim_id: str) -> set[str]:
        return {
            theme
            for name, theme, value in self.decided()
            if name == verbatim_id and value == "present"
        }

    def spans(self) -> list[tuple[str, str]]:
        """The passages of the coder's last gesture: theme, words."""
        self.settle()
        gesture = self.study.decisions().query("coder == @self.name")["gesture"].iloc[-1]
        spans = self.study.store.spans()
        texts = self.study.verbatims().set_index("verbatim_id")["text"]
        return [
            (row["theme"], texts[row["verbatim_id"]][row["start"] : row["end"]])
            for row in spans[spans["gesture"] == gesture].to_dict("records")
        ]


class Server:
    """The app on a port of its own, which may be killed and come back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        command = [sys.executable, "-m", "streamlit", "run", str(PROJECT / "app.py")]
        flags = [f"--server.port={self.port}", "--server.headless=true"]
        kept = {name: value for name, value in os.environ.items() if name != "VERBATIMS_STUDY"}
        with (self.folder / "server.log").open("a") as log:
            self.process = subprocess.Popen(
                command + flags, cwd=self.folder, env=kept, stdout=log, stderr=subprocess.STDOUT
            )
        wait_until(self.answers, seconds=60)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(20)

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=2):
                return True
        except (urllib.error.URLError, OSError):
            return False


def wait_until(done: Callable[[], bool], *, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "rien ne s'est passé"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, without_model_here: None) -> Path:  # noqa: ARG001
    """Where the app works, with a study."""
    folder = tmp_path_factory.mktemp("board")
    build(folder / "etudes" / "essai")
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    with Server(folder) as started:
        yield started


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1440, "height": 900}, locale="fr-FR")
    opened.set_default_timeout(30_000)
    yield opened
    opened.close()


Come = Callable[[str], Coder]


@pytest.fixture
def come(context: BrowserContext, server: Server, folder: Path) -> Come:
    """Have somebody sit at the board; each test has its own people."""

    def sit(name: str) -> Coder:
        return seated(context.new_page(), server, folder, name)

    return sit


def seated(page: Page, server: Server, folder: Path, name: str) -> Coder:
    page.goto(f"{server.address}/codage?etude=essai")
    field = page.get_by_label("Votre nom ou vos initiales")
    ready = page.locator("[data-vid]:not([data-vid=''])")
    field.or_(ready).first.wait_for(state="attached")
    if field.count():
        field.fill(name)
        page.get_by_role("button", name="Commencer à coder").click()
    expect(ready).to_be_attached()
    expect(page.locator(".board .text")).not_to_be_empty()
    return Coder(name, page, Study.open(folder / "etudes" / "essai"))


def build(path: Path) -> Study:
    study = Study.create(path)
    study.save_questionnaire(QUESTIONNAIRE)
    study.save_codebook(CODEBOOK)
    between = (f"Réponse {n} : coordonner" for n in range(3, COUNT - 1))
    texts = [FIRST, TWICE, *between, TWICE, TWICE]
    rows = "".join(f"r{n:03};Association;Oui;{text}\n" for n, text in enumerate(texts, 1))
    file = path / "enquete.csv"
    file.write_text("id;Structure;Accord;Attentes\n" + rows, "utf-8")
    study.import_file(file)
    study.run()
    return study


# -- deciding -----------------------------------------------------------------------------


def test_what_is_suggested_is_validated_by_key_and_by_mouse(come: Come) -> None:
    coder = come("Valide")
    expect(coder.page.locator(".board .text")).to_have_text(FIRST)
    expect(coder.page.locator("mark")).to_have_text(["Valoriser", "coordonner"])
    coder.press("Enter")
    expect(coder.page.locator(".board .text")).to_have_text(TWICE)
    coder.press("ArrowRight")
    coder.page.get_by_role("button", name="Valider").click()
    coder.press("Enter")
    assert [(name, theme) for name, theme, _ in coder.decided()] == [
        *(("r001:attentes", theme) for theme in ("t1", "t2", "")),
        *((f"r{n:03}:attentes", theme) for n in (3, 4) for theme in ("t1", "")),
    ]
    expect(coder.page.get_by_text(f"3 / {COUNT} lues")).to_be_visible()
    expect(coder.page.get_by_text("Tout est enregistré")).to_be_visible()


def test_digits_and_letters_toggle_themes_on_a_french_keyboard_too(come: Come) -> None:
    coder = come("Touche")
    coder.press("1", "j")
    expect(row(coder, "Coordination")).to_have_attribute("aria-pressed", "false")
    expect(row(coder, "Jeunesse")).to_have_attribute("aria-pressed", "true")
    coder.page.evaluate(AZERTY_3)
    expect(row(coder, "Formation")).to_have_attribute("aria-pressed", "true")
    row(coder, "Mobilité").click()
    coder.press("Enter")
    assert coder.decided() == [
        *(("r001:attentes", theme, "present") for theme in ("t2", "t3", "t5", "t11")),
        ("r001:attentes", "t1", "absent"),
        ("r001:attentes", "", "read"),
    ]


AZERTY_3 = """() => document.body.dispatchEvent(new KeyboardEvent("keydown", {
  key: '"', code: "Digit3", bubbles: true, composed: true }))"""


def test_a_theme_is_found_by_the_beginning_of_its_words(come: Come) -> None:
    coder = come("Cherche")
    coder.press("/")
    coder.page.keyboard.type("num")
    coder.press("Enter")
    expect(row(coder, "Numérique")).to_have_attribute("aria-pressed", "true")
    coder.press("Enter")
    assert coder.themes("r001:attentes") == {"t1", "t2", "t9"}


def test_nothing_to_code_rejects_every_suggestion_skip_and_back_decide_nothing(come: Come) -> None:
    coder = come("Rien")
    coder.press("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft", "ArrowLeft")
    assert coder.shown == "r001:attentes"
    coder.press("0")
    assert coder.decided() == [
        ("r001:attentes", "t1", "absent"),
        ("r001:attentes", "t2", "absent"),
        ("r001:attentes", "", "read"),
    ]


def test_a_key_held_down_decides_once(come: Come) -> None:
    coder = come("Tient")
    for _ in range(4):
        coder.page.keyboard.down("Enter")
    coder.page.keyboard.up("Enter")
    assert coder.shown == "r002:attentes"


def test_keys_pressed_before_the_screen_follows_mean_what_they_would_have_meant(come: Come) -> None:
    coder = come("Devance")
    coder.page.evaluate(LATE_SCREEN)
    coder.press("Enter", "ArrowRight", "Shift+S", "ArrowRight", "Shift+ArrowRight", "3", "/")
    coder.page.keyboard.type("num")
    coder.press("Enter", "Enter", "Shift+M")
    coder.page.keyboard.type("plus tard, ensemble")
    coder.press("Enter")
    assert coder.shown == "r004:attentes"
    assert {name for name, theme, _ in coder.decided() if not theme} == {
        "r001:attentes",
        "r003:attentes",
    }
    assert coder.themes("r003:attentes") == {"t1", "t3", "t9"}
    assert coder.spans() == [("t3", "3 : coordonner")]
    memos = coder.study.memos().query("coder == 'Devance'")
    assert list(memos[["verbatim_id", "text"]].itertuples(index=False, name=None)) == [
        ("r004:attentes", "plus tard, ensemble")
    ]


LATE_SCREEN = "() => { window.requestAnimationFrame = (then) => setTimeout(then, 400); }"


def test_answers_alike_are_decided_together_but_for_those_unticked(come: Come) -> None:
    coder = come("Pareil")
    coder.press("ArrowRight")
    coder.page.get_by_role("button", name="+ 2 réponses identiques").click()
    coder.page.get_by_role("dialog").get_by_role("checkbox").first.uncheck()
    coder.press("Escape")
    coder.press("3", "Enter")
    assert [row for row in coder.decided() if row[2] == "present"] == [
        ("r002:attentes", "t3", "present"),
        (f"r{COUNT}:attentes", "t3", "present"),
    ]
    coder.press("Control+z")
    assert coder.decided() == []
    assert coder.shown == "r002:attentes"


# -- going back on it ---------------------------------------------------------------------


def test_undo_and_redo_go_as_far_as_one_wants_even_after_a_reload(come: Come) -> None:
    coder = come("Revient")
    coder.press("1", "Enter", "Enter", "0", "Control+z")
    assert coder.shown == "r003:attentes"
    coder.settle()
    coder.page.reload()
    expect(coder.page.locator("[data-vid='r003:attentes']")).to_be_attached()
    coder.press("Control+z", "Control+z")
    expect(coder.page.locator("[data-vid='r001:attentes']")).to_be_attached()
    expect(row(coder, "Coordination")).to_have_attribute("aria-pressed", "true")
    assert coder.decided() == []
    coder.press("Control+Shift+Z")
    coder.settle()
    expect(row(coder, "Coordination")).to_have_attribute("aria-pressed", "false")
    assert coder.themes("r001:attentes") == {"t2"}
    coder.press("Control+y", "Control+y")
    alike = {"r159:attentes", "r160:attentes"}
    assert {name for name, theme, _ in coder.decided() if not theme} == alike | {
        f"r00{n}:attentes" for n in (1, 2, 3)
    }


def test_what_is_ticked_and_not_validated_is_still_there_after_a_reload(come: Come) -> None:
    coder = come("Recharge")
    coder.press("ArrowRight", "ArrowRight", "5", "Shift+S", "3")
    expect(coder.page.locator("mark")).to_have_text(["Réponse", "coordonner"])
    coder.page.reload()
    expect(coder.page.locator("[data-vid='r003:attentes']")).to_be_attached()
    expect(row(coder, "Mobilité")).to_have_attribute("aria-pressed", "true")
    expect(coder.page.locator("mark")).to_have_text(["Réponse", "coordonner"])
    coder.press("Enter")
    assert coder.themes("r003:attentes") == {"t1", "t3", "t5"}
    assert coder.spans() == [("t3", "Réponse")]
    assert coder.page.evaluate(DRAFTS) == []


DRAFTS = "Object.keys(localStorage).filter((name) => name.startsWith('verbatims:draft:'))"


def test_undo_takes_back_the_steps_on_the_desk_before_what_was_validated(come: Come) -> None:
    coder = come("Pas à pas")
    coder.press("ArrowRight", "ArrowRight", "Enter", "5", "6")
    coder.press("Control+z")
    expect(row(coder, "Santé")).to_have_attribute("aria-pressed", "false")
    expect(row(coder, "Mobilité")).to_have_attribute("aria-pressed", "true")
    coder.press("Control+z")
    expect(row(coder, "Mobilité")).to_have_attribute("aria-pressed", "false")
    assert coder.shown == "r004:attentes"
    coder.press("Control+Shift+Z")
    expect(row(coder, "Mobilité")).to_have_attribute("aria-pressed", "true")
    coder.press("Control+z", "Control+z")
    expect(coder.page.locator("[data-vid='r003:attentes']")).to_be_attached()
    assert coder.decided() == []


# -- around -------------------------------------------------------------------------------


def test_a_memo_a_star_and_a_flag_are_kept_without_leaving_the_verbatim(come: Come) -> None:
    coder = come("Note")
    coder.press("Shift+M")
    coder.page.keyboard.type("à revoir ensemble")
    coder.press("Shift+Enter")
    coder.page.keyboard.type("avec tous")
    coder.press("Enter", "Shift+C", "Shift+D")
    coder.settle()
    assert coder.shown == "r001:attentes"
    memos = coder.study.memos().query("coder == 'Note'")
    assert list(memos[["verbatim_id", "text"]].itertuples(index=False, name=None)) == [
        ("r001:attentes", "à revoir ensemble\navec tous")
    ]
    flags = coder.study.store.flags().query("coder == 'Note'")
    assert list(flags["verbatim_id"]) == ["r001:attentes"]
    assert list(coder.study.picks.frame()["verbatim_id"]) == ["r001:attentes"]
    assert coder.decided() == []
    for name in ("Citation", "À discuter"):
        button = coder.page.get_by_role("button", name=name, exact=True)
        expect(button).to_have_attribute("aria-pressed", "true")


def test_the_keys_and_the_sheet_of_a_theme_are_shown_at_a_key(come: Come) -> None:
    coder = come("Aide")
    coder.press("?")
    dialog = coder.page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="Touches du clavier")).to_be_visible()
    coder.press("Escape", "Shift+G", "5")
    expect(dialog.get_by_role("heading", name="Mobilité")).to_be_visible()
    expect(dialog.get_by_text("Dire Mobilité.")).to_be_visible()
    coder.press("Escape", "Enter")
    assert coder.shown == "r002:attentes"


def test_beside_stand_who_answers_and_what_they_said(come: Come) -> None:
    coder = come("Regarde")
    beside = coder.page.locator(".beside")
    expect(beside.get_by_text("Association")).to_be_visible()
    expect(beside.get_by_text("Êtes-vous d'accord ?")).to_be_visible()


def test_a_filter_brings_other_verbatims_and_an_empty_list_says_what_to_do(come: Come) -> None:
    coder = come("Filtre")
    search = coder.page.get_by_label("Rechercher")
    message = coder.page.locator(".board .message")  # what it says is also read aloud
    search.fill("réponse 77")
    search.press("Enter")
    expect(coder.page.locator("[data-vid='r077:attentes']")).to_be_attached()
    search.press("Escape")
    coder.press("Enter")
    expect(message).to_contain_text("La réponse de cette liste est lue.")
    search.fill("introuvable")
    search.press("Enter")
    expect(message).to_contain_text("Aucun verbatim ne correspond à ces filtres.")


def test_at_200_percent_everything_is_within_reach_in_one_column(come: Come) -> None:
    coder = come("Loupe")
    coder.page.set_viewport_size({"width": 720, "height": 450})
    expect(coder.page.locator(".board.small-room")).to_be_visible()
    assert coder.page.evaluate("document.documentElement.scrollWidth") <= 720
    for button in coder.page.locator(".actions button").all():
        expect(button).to_be_in_viewport()
    row(coder, "Emploi").scroll_into_view_if_needed()
    row(coder, "Emploi").click()
    coder.press("Enter")
    assert "t10" in coder.themes("r001:attentes")


# -- passages -----------------------------------------------------------------------------


def test_a_passage_selected_with_the_mouse_is_counted_in_code_points(come: Come) -> None:
    coder = come("Souris")
    drag(coder, "actions locales")
    coder.press("3", "Enter")
    assert coder.spans() == [("t3", "actions locales")]
    assert coder.themes("r001:attentes") == {"t1", "t2", "t3"}


def test_a_passage_is_chosen_adjusted_and_removed_with_the_keyboard(come: Come) -> None:
    coder = come("Clavier")
    coder.press("Shift+S", "ArrowRight", "Shift+ArrowRight", "3", "Enter", "ArrowLeft")
    assert coder.spans() == [("t3", "Valoriser les")]
    coder.press("Shift+S", "ArrowRight", "ArrowRight", "Shift+ArrowRight", "3")
    coder.press("Enter", "ArrowLeft")
    assert coder.spans() == [("t3", "les actions")]
    coder.press("Shift+S", "ArrowRight", "ArrowRight", "Shift+ArrowRight", "3", "Enter")
    assert coder.spans() == [("t3", "")]
    assert "t3" in coder.themes("r001:attentes")


def test_a_passage_of_the_machine_is_removed_and_its_theme_stays(come: Come) -> None:
    coder = come("Retire")
    coder.page.locator("mark", has_text="coordonner").click()
    dialog = coder.page.get_by_role("dialog")
    expect(dialog.get_by_text("terme : « coordonner »")).to_be_visible()
    dialog.get_by_role("button", name="Retirer ce passage").click()
    expect(coder.page.locator("mark")).to_have_text(["Valoriser"])
    coder.press("Enter")
    assert coder.spans() == [("t1", "")]
    assert coder.themes("r001:attentes") == {"t1", "t2"}


def test_a_passage_is_selected_with_the_mouse_inside_a_marked_one(come: Come) -> None:
    coder = come("Dedans")
    drag(coder, "coord")
    expect(coder.page.locator("dialog")).to_have_count(0)
    coder.press("3", "Enter")
    assert coder.spans() == [("t3", "coord")]


def test_the_key_of_a_theme_removes_the_very_passage_that_the_machine_found(come: Come) -> None:
    coder = come("Même")
    coder.press("Shift+S", *["ArrowRight"] * 6, "1")
    expect(coder.page.locator("mark")).to_have_text(["Valoriser"])
    coder.press("Enter")
    assert coder.spans() == [("t1", "")]
    assert coder.themes("r001:attentes") == {"t1", "t2"}


# -- nothing is lost ----------------------------------------------------------------------


def test_a_hundred_keys_in_ten_seconds_decide_a_hundred_verbatims_all_seen(come: Come) -> None:
    coder = come("Vite")
    coder.page.evaluate(REMEMBER_WHAT_IS_PAINTED)
    start = time.monotonic()
    for done in range(1, 101):
        coder.press("Enter")
        time.sleep(max(0.0, start + done * 0.1 - time.monotonic()))
    coder.settle()
    rows = coder.study.decisions().query("coder == 'Vite' and value == 'read' and queue != 'alike'")
    assert len(rows) == rows["verbatim_id"].nunique() == 100
    assert set(rows["verbatim_id"]) <= set(coder.page.evaluate("[...window.painted]"))


def test_what_comes_late_and_knows_nothing_of_a_decision_does_not_uncount_it(come: Come) -> None:
    coder = come("Retard")
    held: dict[str, Route] = {}
    coder.page.route("**/verbatims/decisions", lambda route: held.update(decision=route))
    coder.page.route("**/verbatims/batch", lambda route: held.update(batch=route))
    coder.press("Enter")
    until = time.monotonic() + 30
    while len(held) < 2 and time.monotonic() < until:  # a route hears later than its request
        coder.page.wait_for_timeout(20)
    before = held["batch"].fetch()
    held["decision"].continue_()
    coder.settle()
    held["batch"].fulfill(response=before)
    coder.page.wait_for_timeout(300)
    expect(coder.page.get_by_text(f"1 / {COUNT} lues")).to_be_visible()


REMEMBER_WHAT_IS_PAINTED = """() => {
  window.painted = new Set();
  const host = document.querySelector("[data-vid]");
  const note = () => requestAnimationFrame(() => window.painted.add(host.dataset.vid));
  window.painted.add(host.dataset.vid);
  new MutationObserver(note).observe(host, { attributeFilter: ["data-vid"] });
}"""


def test_what_is_done_while_the_server_is_dead_is_saved_when_it_is_back(
    browser: Browser, tmp_path: Path
) -> None:
    build(tmp_path / "etudes" / "essai")
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="fr-FR")
    with Server(tmp_path) as server:
        coder = seated(context.new_page(), server, tmp_path, "Patiente")
        coder.press("Enter")
        coder.settle()
        server.kill()
        for _ in range(12):
            coder.press("Enter")
            coder.page.wait_for_timeout(60)
        expect(coder.page.get_by_text("12 en attente : le serveur ne répond pas")).to_be_visible()
        coder.press("Control+z")
        server.start()
        expect(coder.page.locator("[data-pending='0']")).to_be_attached(timeout=20_000)
        assert set(coder.study.decisions()["coder"]) == {"Patiente"}
        read = {name for name, theme, _ in coder.decided() if not theme}
        assert read - {"r159:attentes", "r160:attentes"} == {
            f"r{n:03}:attentes" for n in range(1, 13)
        }
        coder.page.reload()
        expect(coder.page.locator("[data-vid='r013:attentes']")).to_be_attached()
        coder.press("Control+z")
        expect(coder.page.locator("[data-vid='r012:attentes']")).to_be_attached()
        coder.settle()
        assert coder.study.standing("Patiente", "r012:attentes").empty
    context.close()


def test_what_a_tab_could_not_send_is_sent_by_the_next_one(come: Come) -> None:
    coder = come("Ferme")
    coder.page.route("**/verbatims/decisions", lambda route: route.abort())
    coder.press("Enter", "0")
    expect(coder.page.get_by_text("2 en attente")).to_be_visible()
    other = come("Ferme")
    assert {name for name, theme, _ in other.decided() if not theme} >= {
        "r001:attentes",
        "r002:attentes",
    }


def test_two_tabs_of_a_coder_never_overwrite_each_other(come: Come) -> None:
    one, two = come("Double"), come("Double")
    for coder in (one, two):
        coder.page.route("**/verbatims/decisions", lambda route: route.abort())
    one.press("Enter")
    two.press("ArrowRight", "ArrowRight", "0")
    one.press("0")
    for coder in (one, two):
        coder.page.unroute("**/verbatims/decisions")
    for coder in (one, two):
        coder.settle()
    read = {name for name, theme, _ in one.decided() if not theme}
    assert read >= {"r001:attentes", "r002:attentes", "r003:attentes"}
    assert one.themes("r001:attentes") == {"t1", "t2"}
    assert one.themes("r003:attentes") == set()


def test_a_codebook_changed_meanwhile_is_taken_and_what_it_refuses_is_said(
    browser: Browser, tmp_path: Path
) -> None:
    study = build(tmp_path / "etudes" / "essai")
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="fr-FR")
    with Server(tmp_path) as server:
        coder = seated(context.new_page(), server, tmp_path, "Suit")
        coder.press("5")
        text = study.editing.text()
        kept = "".join(line for line in text.splitlines(True) if "id: t5," not in line)
        study.save_codebook(kept.replace("label: Jeunesse", "label: Jeunes"))
        coder.press("Enter")
        expect(coder.page.get_by_role("button", name="1 geste refusé : voir")).to_be_visible()
        expect(coder.page.get_by_text("La grille a changé : vous avez")).to_be_visible()
        expect(row(coder, "Jeunes")).to_be_visible()
        coder.page.get_by_role("button", name="1 geste refusé : voir").click()
        coder.page.get_by_role("button", name="Revoir ce verbatim").click()
        expect(coder.page.locator("[data-vid='r001:attentes']")).to_be_attached()
        coder.press("Enter")
        assert coder.themes("r001:attentes") == {"t1", "t2"}
    context.close()


def row(coder: Coder, label: str) -> Locator:
    return coder.page.locator(".board .theme").filter(has_text=re.compile(rf"{label}$|{label}\d"))


def drag(coder: Coder, words: str) -> None:
    """Select words of the text with the mouse, wherever its marks cut it."""
    box = coder.page.locator(".board .text").evaluate(WHERE, words)
    coder.page.mouse.move(box["left"], box["top"])
    coder.page.mouse.down()
    coder.page.mouse.move(box["right"], box["bottom"], steps=4)
    coder.page.mouse.up()
    expect(coder.page.locator(".picked").first).to_be_visible()


WHERE = """(text, words) => {
  const start = text.textContent.indexOf(words);
  const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  const at = (place) => {
    for (let node = walk.root, left = place; (node = walk.nextNode()); left -= node.length)
      if (left <= node.length) { walk.currentNode = walk.root; return [node, left]; }
  };
  const range = document.createRange();
  range.setStart(...at(start));
  range.setEnd(...at(start + words.length));
  const rects = [...range.getClientRects()].filter((rect) => rect.width);
  const [first, last] = [rects[0], rects.at(-1)];
  return { left: first.left + 1, top: first.top + first.height / 2,
           right: last.right, bottom: last.top + last.height / 2 };
}"""
