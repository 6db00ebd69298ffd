"""A study or a corpus → one JSON line: how quick the board is, and whether it loses anything.

    python bench/board.py ETUDE_OR_CORPUS.csv [--column TEXT] [--n 100000] [--browsers 8]
        [--presses 100] [--keep FOLDER] [--only keys,many,fast,kill,big,axe]

A copy of the study is served on a free port and real Chromiums (CHROMIUM, or the one found) press
Enter on the page of coding. Times go from the key or the click to the end of the frame that shows
another verbatim. A corpus (CSV) is made into studies, analysed quickly, with frequent words as
themes; `--keep` keeps them for the next time.
keys: `key_ms_median`, `key_ms_p95`, and `server_cpu_ms` per decision at an unhurried pace, beyond
what the same server uses with the page open and nobody typing, `server_idle_ms_per_s`.
many: `key_ms_p95_8`, as many browsers as `--browsers`, a decision every 0.7 s each, at moments of
their own; `key_ms_p95_8_together`, all of them at the very same moments, as no coders do.
fast: 10 presses a second, quiet then with every processor kept busy. kill: 3 a second, the server
being killed for 10 s in the middle, then another page opened and more presses. Both count `lost`
(decided on screen, not in the study), `unseen` (decided without having been painted), `doubled` (a
verbatim decided twice), `misattributed` (under another name than that of the browser that sent it)
and `unheard` (keys that decided nothing, as no verbatim was there).
big: on `--n` verbatims, `filter_ms` (median; filter changed → new batch painted) and `grid_ms`
(median; page turned or column sorted → rows painted), with the longest of each, `open_ms` (grid
asked for → its rows painted) and `warm_s`: after the first verbatim, what is like it was sought for
so long; only then is anything measured.
axe: `axe_violations`, elements at fault for axe-core (WCAG 2.1 A, AA), every page, light and dark.
"""

import argparse
import asyncio
import json
import math
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pandas as pd
from playwright.async_api import Browser, Page, Playwright, async_playwright
from playwright.async_api import TimeoutError as TooLateError

from verbatims.folding import fold
from verbatims.study import Study

APP = Path(__file__).parents[1] / "app.py"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
PARTS = ("keys", "many", "fast", "kill", "big", "axe")
SMALL = 2_000  # verbatims of the study on which keys are pressed
THEMES, LONG = 12, 6  # themes made of a corpus, and the letters that their words have
FEW_ANSWERS = 12  # different cells under which a column is a closed question
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
WAIT = 60_000
IDLE = 6  # seconds for which a server with the page open is left alone, to know what that costs

# What was pressed and what was painted, with their moments; what is held by shadow roots is sought
# by its host's data. `turned` resolves once something shown has changed and is on screen.
WATCH = """
window.pressed = []; window.painted = [];
let last = "", told = 0;
window.since = () => {
  const pair = [pressed.splice(0), painted.slice(told)];
  told = painted.length;
  return pair;
};
const on_screen = (then) => requestAnimationFrame(() => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => then(performance.now());
  channel.port2.postMessage(0);
});
for (const kind of ["keydown", "click"])
  addEventListener(kind, (event) => window.pressed.push(event.timeStamp), true);
const look = () => {
  const vid = document.querySelector("[data-vid]")?.dataset.vid ?? "";
  if (vid === last) return;
  last = vid;
  if (vid) on_screen((moment) => window.painted.push([vid, moment]));
};
const watch = () => new MutationObserver(look).observe(document.documentElement,
  { subtree: true, childList: true, attributes: true, attributeFilter: ["data-vid"] });
document.documentElement ? watch() : addEventListener("DOMContentLoaded", watch);
const rows = () => {
  for (const host of document.querySelectorAll("[data-testid^=stBidi]")) {
    const found = host.shadowRoot?.querySelectorAll("tbody [data-row]");
    if (found?.length) return [...found].map((row) => row.innerText).join();
  }
  return "";
};
window.turned = (before) => new Promise((done) => {
  const again = () => {
    const now = rows();
    if (now && now !== before) on_screen((moment) => done(moment - window.pressed.at(-1)));
    else requestAnimationFrame(again);
  };
  again();
});
window.rows = rows;
"""


class Server:
    """The app on a study, on a port of its own; it can be killed and come back."""

    def __init__(self, study: Path) -> None:
        self.study = study
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        command = [sys.executable, "-m", "streamlit", "run", str(APP)]
        flags = [f"--server.port={self.port}", "--server.headless=true"]
        log = (self.study.parent / "server.log").open("a")
        self.process = subprocess.Popen(
            command + flags,
            cwd=APP.parent,
            env={**os.environ, "VERBATIMS_STUDY": str(self.study)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        while not await asyncio.to_thread(self._answers):
            if self.process.poll() is not None:
                raise SystemExit(f"le serveur s'est arrêté : {log.name}")
            await asyncio.sleep(0.2)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2):
                return True
        except (urllib.error.URLError, OSError):
            return False

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def cpu(self) -> float:
        """Milliseconds of processor used since it started."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")

    async def over(self, seconds: float) -> float:
        """Milliseconds of processor used in so many seconds from now."""
        before = self.cpu()
        await asyncio.sleep(seconds)
        return self.cpu() - before


@asynccontextmanager
async def served(study: Path) -> AsyncIterator[Server]:
    server = Server(study)
    await server.start()
    try:
        yield server
    finally:
        server.kill()


DECIDED = "Number(document.querySelector('[data-done]').dataset.done)"


class Coder:
    """Somebody at the board, in a browser."""

    def __init__(self, name: str, page: Page) -> None:
        self.name, self.page = name, page
        self.presses = self.done = 0
        self.sent: set[str] = set()
        page.on("request", lambda request: self._hear(request.url, request.post_data))

    def _hear(self, url: str, body: str | None) -> None:
        if url.endswith("/verbatims/decisions") and body:
            self.sent |= {entry["uid"] for entry in json.loads(body)["entries"]}

    async def sit(self, url: str) -> None:
        await self.page.goto(f"{url}/codage")
        await self.page.get_by_label("Votre nom ou vos initiales").fill(self.name)
        await self.page.get_by_role("button", name="Commencer à coder").click()
        await self.ready()

    async def ready(self) -> None:
        await self.page.wait_for_selector("[data-vid]:not([data-vid=''])", state="attached")
        await asyncio.sleep(1)

    async def press(self, times: int, seconds: float) -> None:
        """Enter, so many times, one every so many seconds whatever happens."""
        clock = asyncio.get_running_loop().time
        start = clock()
        for number in range(1, times + 1):
            await self.page.keyboard.press("Enter")
            await asyncio.sleep(max(0, start + number * seconds - clock()))
        self.presses += times

    async def settle(self) -> None:
        await self.page.wait_for_function(
            "document.querySelector('[data-pending]')?.dataset.pending === '0'", timeout=WAIT
        )
        await asyncio.sleep(0.5)
        self.done += await self.page.evaluate(DECIDED)  # begins again with each opening of the page

    async def times(self) -> list[float]:
        """Milliseconds from each key to the verbatim that followed, since the last time."""
        pressed, painted = await self.page.evaluate("since()")
        return [moment - key for key, (_, moment) in zip(pressed, painted, strict=False)]

    async def seen(self) -> set[str]:
        return {vid for vid, _ in await self.page.evaluate("painted")}


@asynccontextmanager
async def coders(playwright: Playwright, server: Server, names: Sequence[str]):
    """A browser each, all at the board."""
    launched = [await launch(playwright) for _ in names]
    try:
        sitting = [
            Coder(name, await opened(browser))
            for name, browser in zip(names, launched, strict=True)
        ]
        for coder in sitting:
            await coder.sit(server.url)
        yield sitting
    finally:
        for browser in launched:
            await browser.close()


async def launch(playwright: Playwright) -> Browser:
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if found is None:
        raise SystemExit("pas de Chromium sur cette machine (apt-get install chromium)")
    return await playwright.chromium.launch(executable_path=found, args=FLAGS)


async def opened(browser: Browser, scheme: str = "light") -> Page:
    context = await browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="fr-FR", color_scheme=scheme
    )
    context.set_default_timeout(WAIT)
    await context.add_init_script(WATCH)
    return await context.new_page()


# -- what is measured ----------------------------------------------------------------------


async def keys(playwright: Playwright, server: Server, options: argparse.Namespace) -> dict:
    async with coders(playwright, server, ["Anne"]) as [coder]:
        await coder.press(8, 0.25)  # what is loaded but once
        await coder.settle()
        await coder.times()
        idle = await server.over(IDLE)
        started, used = time.monotonic(), server.cpu()
        await coder.press(options.presses, 0.25)
        await coder.settle()
        used = server.cpu() - used - idle * (time.monotonic() - started) / IDLE
        times = await coder.times()
    return {
        "key_ms_median": round(statistics.median(times), 1),
        "key_ms_p95": p95(times),
        "server_cpu_ms": round(used / options.presses, 1),
        "server_idle_ms_per_s": round(idle / IDLE, 1),
    }


async def many(playwright: Playwright, server: Server, options: argparse.Namespace) -> dict:
    names = [f"Nom {number}" for number in range(options.browsers)]
    each = max(2 * options.presses // options.browsers, 1)
    async with coders(playwright, server, names) as sitting:
        for coder in sitting:
            await coder.times()
        found = {}
        for name, apart in (("key_ms_p95_8", 0.7 / options.browsers), ("key_ms_p95_8_together", 0)):
            starts = [number * apart for number in range(options.browsers)]
            await asyncio.gather(
                *(press_from(*one, each) for one in zip(starts, sitting, strict=True))
            )
            found[name] = p95([time for coder in sitting for time in await coder.times()])
    return found


async def press_from(start: float, coder: Coder, times: int) -> None:
    await asyncio.sleep(start)
    await coder.press(times, 0.7)


async def fast(playwright: Playwright, server: Server, options: argparse.Namespace) -> dict:
    async with coders(playwright, server, ["Vite", "Chargée"]) as sitting:
        for coder, busy in zip(sitting, (0, os.cpu_count() or 1), strict=True):
            burners = [subprocess.Popen([sys.executable, "-c", BURN]) for _ in range(busy)]
            await coder.press(options.presses, 0.1)
            for burner in burners:
                burner.kill()
                burner.wait()
            await coder.settle()
        return await faults(server.study, sitting)


BURN = "while True: pass"


async def kill(playwright: Playwright, server: Server, options: argparse.Namespace) -> dict:
    async with coders(playwright, server, ["Rose", "Paul"]) as sitting:
        presses = [asyncio.create_task(coder.press(options.presses, 0.3)) for coder in sitting]
        await asyncio.sleep(options.presses * 0.3 / 3)
        server.kill()
        await asyncio.sleep(10)
        await server.start()
        for press in presses:
            await press
        for coder in sitting:
            await coder.settle()
            await coder.page.get_by_role("link", name="Thèmes", exact=True).click()
            await coder.page.get_by_role("heading", name="Thèmes", level=1).wait_for()
            await coder.page.get_by_role("link", name="Codage", exact=True).click()
            await coder.ready()
            await coder.press(5, 0.3)
            await coder.settle()
        return await faults(server.study, sitting)


async def faults(study: Path, sitting: Sequence[Coder]) -> dict[str, int]:
    """What the study holds that should not be there, and what it should hold."""
    counts = Counter(dict.fromkeys(COUNTS, 0))
    held = Study.open(study).store
    everyone = held.decisions().drop_duplicates("gesture").set_index("gesture")["coder"]
    for coder in sitting:
        made = held.gestures(coder.name)
        verbatims = Counter(verbatim for _, verbatim in made)
        counts["unheard"] += coder.presses - coder.done
        counts["lost"] += coder.done - len(made)
        counts["unseen"] += len(set(verbatims) - await coder.seen())
        counts["doubled"] += sum(verbatims.values()) - len(verbatims)
        counts["misattributed"] += sum(uid not in coder.sent for uid, _ in made)
        own = everyone.reindex(sorted(coder.sent)).dropna()
        counts["misattributed"] += int((own != coder.name).sum())
    return dict(counts)


SAME = 5_000  # ms after which a filter has changed nothing on screen


async def big(playwright: Playwright, server: Server, options: argparse.Namespace) -> dict:  # noqa: ARG001
    async with coders(playwright, server, ["Grande"]) as [coder]:
        page = coder.page
        began = time.perf_counter()
        async with page.expect_response("**/verbatims/near", timeout=120_000):
            await page.keyboard.press("ArrowRight")
        warm = time.perf_counter() - began
        found = [await changed(coder, word) for word in await frequent(server.study)]
        filtered = [time for time in found if not math.isnan(time)]
        await page.get_by_label("Rechercher").fill("")
        await page.keyboard.press("Enter")
        opening = asyncio.create_task(page.evaluate("turned('')"))
        await page.locator(".st-key-coding_view").get_by_text("Tableau").click()
        open_ms = await opening
        turned = [await turn(page, "[data-act=next]") for _ in range(6)]
        turned += [await turn(page, f"[data-sort] >> nth={place}") for place in (0, 1, 2)]
    return {
        "filter_ms": round(statistics.median(filtered)),
        "filter_ms_max": round(max(filtered)),
        "grid_ms": round(statistics.median(turned)),
        "grid_ms_max": round(max(turned)),
        "open_ms": round(open_ms),
        "warm_s": round(warm, 1),
    }


async def changed(coder: Coder, word: str) -> float:
    """Another search: milliseconds until its first verbatim is painted; NaN when it is the same."""
    await coder.page.get_by_label("Rechercher").fill(word)
    before = len(await coder.page.evaluate("painted"))
    await coder.page.keyboard.press("Enter")
    try:
        await coder.page.wait_for_function(f"painted.length > {before}", timeout=SAME)
    except TooLateError:
        return math.nan
    moment = await coder.page.evaluate("painted.at(-1)[1] - pressed.at(-1)")
    await asyncio.sleep(1)
    return moment


async def turn(page: Page, selector: str) -> float:
    turned = asyncio.create_task(page.evaluate("turned(rows())"))  # asked before the click
    await page.locator(selector).click()
    took = await turned
    await asyncio.sleep(0.5)
    return took


async def frequent(study: Path) -> list[str]:
    """Words to seek one after the other: the first verbatim of each is not that of the last."""
    opened = Study.open(study)
    texts = opened.verbatims().query("status == 'answered'")["text"].head(5_000).map(fold)
    firsts = {
        theme.label: int(texts.str.contains(fold(theme.label)).argmax())
        for theme in opened.codebook
    }
    words, before = [], 0
    for word, first in firsts.items():
        if first != before:
            words.append(word)
            before = first
    return words


async def axe(playwright: Playwright, server: Server, options: argparse.Namespace) -> dict:  # noqa: ARG001
    from axe_playwright_python.async_playwright import Axe

    from verbatims.ui.steps import STEPS

    rules = {"runOnly": {"type": "tag", "values": WCAG}}
    found: Counter[str] = Counter()
    browser = await launch(playwright)
    for scheme in ("light", "dark"):
        coder = Coder(scheme, await opened(browser, scheme))
        await coder.sit(server.url)
        for step in STEPS:
            await coder.page.get_by_role("link", name=step.title, exact=True).click()
            await coder.page.get_by_role("heading", level=1).first.wait_for()
            await asyncio.sleep(3)
            response = (await Axe().run(coder.page, options=rules)).response
            for rule in response["violations"]:
                found[f"{step.file} {scheme} {rule['id']}"] += len(rule["nodes"])
    await browser.close()
    return {"axe_violations": sum(found.values()), **({"axe": dict(found)} if found else {})}


def p95(times: Sequence[float]) -> float:
    ordered = sorted(times)
    return round(ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))], 1)


# -- on what -------------------------------------------------------------------------------


def study_of(source: Path, column: str, n: int, folder: Path) -> Path:
    """A study of `n` verbatims, made once: the source itself, or its texts two by two."""
    place = folder / f"{source.name.split('.')[0]}-{n}"
    if Study.exists(place):
        return place
    asked = _answers(source, column)
    texts = asked.pop("text")
    rows = asked.iloc[[number % len(asked) for number in range(n)]].reset_index(drop=True)
    rows.insert(0, "id", [f"r{number}" for number in range(n)])
    rows["text"] = [_text(texts, number) for number in range(n)]
    made = Study.create(place)
    made.save_questionnaire(_questionnaire(rows))
    made.save_codebook(_codebook(texts))
    rows.to_csv(place / "survey.csv", index=False)
    made.import_file(place / "survey.csv")
    made.run(fast=True, tagger="lexicon", k=10)
    return place


def _text(texts: pd.Series, number: int) -> str:
    """That of its place; past the last one, joined with another so that each text is its own."""
    tour, place = divmod(number, len(texts))
    other = f" {texts.iloc[(place + tour) % len(texts)]}" if tour else ""
    return texts.iloc[place] + other


def _answers(source: Path, column: str) -> pd.DataFrame:
    if Study.exists(source):
        texts = Study.open(source).verbatims().query("status == 'answered'")["text"]
        return pd.DataFrame({"groupe": range(len(texts)), "text": texts.tolist()}).assign(
            groupe=lambda rows: "g" + (rows["groupe"] % 5).astype(str)
        )
    read = pd.read_csv(source, dtype=str, keep_default_na=False, sep=None, engine="python")
    if column not in read:
        raise SystemExit(f"{source.name} : pas de colonne « {column} ». Donnez-la par --column.")
    read = read[read[column].str.strip() != ""]
    closed = [name for name in read if 1 < read[name].nunique() <= FEW_ANSWERS][:6]
    answers = read[closed].set_axis([f"q{number}" for number in range(len(closed))], axis=1)
    return answers.assign(text=read[column].str.strip()).reset_index(drop=True)


def _questionnaire(rows: pd.DataFrame) -> str:
    closed = [
        f"  - {{id: {name}, kind: single, profile: {str(place == 0).lower()}, column: {name}}}"
        for place, name in enumerate(name for name in rows if name not in ("id", "text"))
    ]
    lines = [
        "title: Mesure",
        "questions:",
        "  - {id: qui, kind: id, column: id}",
        *closed,
        "  - {id: avis, kind: open, column: text}",
    ]
    return "\n".join(lines) + "\n"


def _codebook(texts: pd.Series) -> str:
    """Frequent long words, each a theme that seeks itself."""
    words = texts.str.lower().str.findall(rf"[a-zàâçéèêëîïôûùü]{{{LONG},}}").explode()
    common = words.value_counts().index[:THEMES]
    themes = [
        f"  - {{id: t{place}, label: {word}, definition: Dire {word}., terms: [{word}]}}"
        for place, word in enumerate(common)
    ]
    return "title: Mesure\nthemes:\n" + "\n".join(themes) + "\n"


# -- run -----------------------------------------------------------------------------------


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="verbatims-board-") as folder:
        print(json.dumps(asyncio.run(measured(options, Path(folder))), ensure_ascii=False))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path, help="the folder of a study, or a CSV file")
    parser.add_argument("--column", default="", help="the column of the answers of a CSV file")
    parser.add_argument("--n", type=int, default=100_000, help="verbatims of the big study")
    parser.add_argument("--browsers", type=int, default=8, help="how many code at once")
    parser.add_argument("--presses", type=int, default=100, help="of each part; twice for many")
    parser.add_argument("--keep", type=Path, help="where studies are made once")
    parser.add_argument("--only", type=lambda written: written.split(","), default=list(PARTS))
    options = parser.parse_args()
    if set(options.only) - set(PARTS):
        parser.error(f"--only : {', '.join(PARTS)}")
    return options


async def measured(options: argparse.Namespace, folder: Path) -> dict:
    """Each part on a copy of its own, so that none finds what another decided."""
    found: dict = {"n": options.n, "browsers": options.browsers}
    async with async_playwright() as playwright:
        for name in options.only:
            size = options.n if name == "big" else min(options.n, SMALL)
            kept = options.keep or folder / "made"
            kept.mkdir(parents=True, exist_ok=True)
            study = study_of(options.source, options.column, size, kept)
            copied = shutil.copytree(study, folder / name / study.name)
            async with served(copied) as server:
                for key, value in (await MEASURES[name](playwright, server, options)).items():
                    found[key] = found.get(key, 0) + value if key in COUNTS else value
    return found


MEASURES = {"keys": keys, "many": many, "fast": fast, "kill": kill, "big": big, "axe": axe}
COUNTS = ("lost", "unseen", "doubled", "misattributed", "unheard")

if __name__ == "__main__":
    main()
