// The grid of answers: what is asked of the server, what is chosen, and the keys.

import { speaking } from "./dom.js";
import { ask } from "./grid_ask.js";
import { actions, filters, pager } from "./grid_bar.js";
import { Bulk } from "./grid_bulk.js";
import { keydown } from "./grid_keys.js";
import { body, head } from "./grid_table.js";
import { escape } from "./grid_words.js";
import { Refusal } from "./server.js";

const NO_FILTER = { question: "", theme: "", profile: ["", ""], state: "", mark: "", search: "" };
const TYPING = 250; // ms without a key before a search is asked
const UNDER = 92; // pixels under the table for what goes with it
const LOWEST = 300; // pixels that the table has at least

const grids = new WeakMap(); // by the root that holds them

// Streamlit calls again on every run: a grid that stands learns its new token, and no more. What is
// given back is called when the page is left.
export default function mount({ data, parentElement: root, setTriggerValue }) {
  const opening = (id) => setTriggerValue("opened", id);
  const standing = grids.get(root);
  if (standing) Object.assign(standing, { data, opening });
  else {
    const grid = new Grid(root, data, opening);
    grids.set(root, grid);
    grid.load({ about: true, focus: true });
  }
  return () => {
    grids.get(root)?.leave();
    grids.delete(root);
  };
}

class Grid {
  constructor(root, data, opening) {
    Object.assign(this, { root, data, opening, say: speaking(data.words) });
    Object.assign(this, { about: null, rows: [], columns: [], shown: [], total: 0, pages: 1 });
    this.asked = { filters: { ...NO_FILTER }, sort: ["", "asc"], page: 1, size: 50 };
    const { asked, row } = this.remembered();
    Object.assign(this.asked, asked);
    this.returning = row ?? ""; // the answer that was opened last
    Object.assign(this, { active: 0, anchor: 0, chosen: new Set(), all: false, grown: [] });
    this.unfolded = new Set();
    this.gestures = []; // made here, the last one last
    this.question_asked = 0; // only the last question's answer is shown
    this.build();
  }

  // What was looked at last, so that coming back from an answer finds the same page.
  get memory() {
    return `verbatims grid ${this.data.study} ${this.data.coder}`;
  }

  remembered() {
    try {
      return JSON.parse(sessionStorage.getItem(this.memory)) ?? {};
    } catch {
      return {};
    }
  }

  remember(row = "") {
    try {
      sessionStorage.setItem(this.memory, JSON.stringify({ asked: this.asked, row }));
    } catch {
      // a browser without memory only forgets the page
    }
  }

  build() {
    const { say } = this;
    const frame = document.createElement("section");
    frame.className = "grid";
    frame.setAttribute("aria-label", say("grid"));
    frame.innerHTML = `<div class="bar" data-part="filters"></div>
      <div class="bar tools" data-part="actions"></div>
      <div class="table" tabindex="-1"><table role="grid" aria-multiselectable="true"
        aria-label="${escape(say("grid"))}"><thead></thead><tbody></tbody></table>
        <p class="empty" hidden></p></div>
      <div class="bar foot" data-part="pager"></div>
      <p class="says"><span data-said role="status"></span><button data-act="undo" hidden></button><span
        class="keys">${escape(say("keys"))}</span></p>
      <dialog aria-labelledby="bulk-title"></dialog>`;
    this.root.append(frame);
    this.frame = frame;
    this.part = (name) => frame.querySelector(`[data-part=${name}]`);
    this.bulk = new Bulk(this, frame.querySelector("dialog"));
    this.left = new AbortController();
    addEventListener("resize", () => this.fit(), { signal: this.left.signal });
    frame.addEventListener("mousedown", (event) => this.press(event));
    frame.addEventListener("click", (event) => this.click(event));
    frame.addEventListener("dblclick", (event) => this.doubleClick(event));
    frame.addEventListener("change", (event) => this.change(event));
    frame.addEventListener("input", (event) => this.input(event));
    frame.addEventListener("keydown", (event) => keydown(this, event));
    frame.addEventListener("focusout", (event) => this.blur(event));
    frame.addEventListener("focusin", (event) => this.enter(event));
  }

  // No answer is waited for any more.
  leave() {
    this.question_asked += 1;
    this.left.abort();
    this.frame.remove();
  }

  ask(route, content, given_up) {
    const waiting = () => this.tell(this.say("away"), false, true);
    return ask(() => this.data, route, content, { waiting, given_up });
  }

  // What a refusal says; anything else is a fault of ours.
  refused(error) {
    if (!(error instanceof Refusal)) throw error;
    this.tell(error.says || this.say("refused"));
  }

  async load({ about = false, keep = false, focus = false } = {}) {
    const question = (this.question_asked += 1);
    const late = () => question !== this.question_asked;
    const columns = this.about ? this.shown : null;
    this.frame.setAttribute("aria-busy", "true");
    try {
      const answer = await this.ask("grid", { ...this.asked, columns, keep, about }, late);
      if (late()) return;
      if (this.away) this.tell("");
      this.show(answer);
      if (focus) this.focusRow();
    } catch (error) {
      this.refused(error);
    }
    this.frame.removeAttribute("aria-busy");
  }

  show(answer) {
    const first = !this.about;
    if (answer.about) this.learn(answer.about);
    const { rows, total, pages, page, columns } = answer;
    Object.assign(this, { rows, total, pages, columns });
    this.asked.page = page;
    const back = rows.findIndex(({ id }) => id === this.returning);
    this.active = Math.max(0, back, Math.min(this.active, rows.length - 1));
    this.returning = "";
    this.anchor = this.active;
    this.remember();
    if (first) this.part("filters").innerHTML = filters(this);
    this.drawTable();
    this.drawBars();
    this.fit();
  }

  // The table scrolls within itself, so that its head and what goes with it stay in sight.
  fit() {
    const table = this.frame.querySelector(".table");
    const room = innerHeight - Math.max(table.getBoundingClientRect().top, 0) - UNDER;
    table.style.maxHeight = `${Math.max(room, LOWEST)}px`;
  }

  learn(about) {
    this.about = about;
    this.shown = about.shown;
    this.themes = new Map(about.themes.map((theme) => [theme.id, theme]));
    this.questions = new Map(about.questions.map(({ id, label }) => [id, label]));
  }

  theme(id) {
    return this.themes.get(id) ?? { id, label: id, sign: "?", number: 8, colour: "" };
  }

  question(id) {
    return this.questions.get(id) ?? id;
  }

  // -- drawing ---------------------------------------------------------------------------

  drawTable() {
    const table = this.frame.querySelector("table");
    table.setAttribute("aria-rowcount", this.total + 1);
    table.tHead.innerHTML = head(this);
    table.tBodies[0].innerHTML = body(this);
    const empty = this.frame.querySelector(".empty");
    empty.hidden = this.rows.length > 0;
    empty.textContent = this.say(this.filtered() ? "nothing_passes" : "nothing_here");
    this.offerUnfolding();
  }

  // A long answer is cut at three lines; only the browser knows which are.
  offerUnfolding() {
    const cut = [...this.frame.querySelectorAll(".clamp:not(.whole)")].map((own) => [
      own,
      own.scrollHeight > own.clientHeight + 2,
    ]);
    for (const [own, long] of cut) own.parentNode.querySelector(".more").hidden = !long;
  }

  drawBars() {
    const focused = this.root.activeElement?.dataset?.act;
    this.part("actions").innerHTML = actions(this);
    this.part("pager").innerHTML = pager(this);
    if (focused) this.frame.querySelector(`[data-act=${focused}]:not(:disabled)`)?.focus();
    const every = this.rows.length > 0 && this.rows.every(({ id }) => this.isChosen(id));
    const box = this.frame.querySelector("[data-page]");
    box.checked = every;
    box.indeterminate = !every && this.rows.some(({ id }) => this.isChosen(id));
  }

  drawChosen() {
    for (const line of this.lines()) {
      const own = this.isChosen(this.rows[line.dataset.row].id);
      line.setAttribute("aria-selected", own);
      line.querySelector("input").checked = own;
    }
    this.drawBars();
  }

  lines() {
    return [...this.frame.querySelectorAll("tbody tr")];
  }

  tell(text, undoable = false, away = false) {
    this.away = away;
    this.frame.querySelector("[data-said]").textContent = text;
    this.frame.querySelector(".keys").hidden = Boolean(text);
    const button = this.frame.querySelector(".says [data-act=undo]");
    button.hidden = !undoable;
    button.textContent = this.say("undo");
  }

  // -- choosing --------------------------------------------------------------------------

  isChosen(id) {
    return this.all || this.chosen.has(id);
  }

  chosenCount() {
    return this.all ? this.total : this.chosen.size;
  }

  chosenElsewhere() {
    return this.chosen.size - this.rows.filter(({ id }) => this.chosen.has(id)).length;
  }

  filtered() {
    return JSON.stringify({ ...NO_FILTER, ...this.asked.filters }) !== JSON.stringify(NO_FILTER);
  }

  choose(places, on) {
    if (this.all) {
      this.all = false;
      this.chosen = new Set(this.rows.map(({ id }) => id));
    }
    this.grown = [];
    for (const place of places) {
      const id = this.rows[place]?.id;
      if (id) this.chosen[on ? "add" : "delete"](id);
    }
    this.drawChosen();
  }

  unchoose() {
    this.all = false;
    this.chosen.clear();
    this.drawChosen();
  }

  // From the row where choosing began to this one, both included; it shrinks as it grew.
  extend(place) {
    const [low, high] = [Math.min(this.anchor, place), Math.max(this.anchor, place)];
    const range = Array.from({ length: high - low + 1 }, (_, n) => low + n);
    for (const id of this.grown) this.chosen.delete(id);
    const grown = range.map((n) => this.rows[n].id).filter((id) => !this.isChosen(id));
    this.choose(range, true);
    this.grown = grown;
  }

  toggle(place) {
    this.anchor = place;
    this.choose([place], !this.isChosen(this.rows[place].id));
  }

  // -- what people do --------------------------------------------------------------------

  ask_again(change, { page = 1, unchoose = false, ...more } = {}) {
    Object.assign(this.asked, change, { page });
    this.active = 0;
    if (unchoose) {
      this.all = false;
      this.chosen.clear();
    }
    this.load(more);
  }

  filter(name, value) {
    const own = { ...this.asked.filters, [name]: value };
    this.ask_again({ filters: own }, { unchoose: true });
  }

  sort(column) {
    const [now, way] = this.asked.sort;
    const next = now !== column ? [column, "asc"] : way === "asc" ? [column, "desc"] : ["", "asc"];
    this.ask_again({ sort: next });
  }

  turn(page, focus = false) {
    const asked = Math.max(1, Math.min(page || 1, this.pages));
    this.frame.querySelector(".table").scrollTop = 0;
    this.ask_again({}, { page: asked, focus });
  }

  act(name) {
    const does = {
      all: () => {
        this.all = true;
        this.drawChosen();
      },
      none: () => this.unchoose(),
      clear: () => {
        clearTimeout(this.typing); // what was being typed is cleared with the rest
        this.ask_again({ filters: { ...NO_FILTER } }, { unchoose: true });
        this.part("filters").innerHTML = filters(this);
      },
      previous: () => this.turn(this.asked.page - 1),
      next: () => this.turn(this.asked.page + 1),
      undo: () => this.undo(),
    };
    (does[name] ?? (() => this.bulk.open(name)))();
  }

  done(gesture, { changed: n, newly_read: fresh }) {
    this.gestures.push(gesture.uid);
    const label = gesture.theme ? this.theme(gesture.theme).label : "";
    const read = fresh ? ` ${this.say("now_read", { n: fresh })}` : "";
    this.tell(this.say(`${gesture.what}_done`, { n, label }) + read, true);
    if (this.all) this.unchoose();
    this.load({ focus: true });
  }

  async undo() {
    const uid = this.gestures.pop();
    if (!uid) {
      this.tell(this.say("nothing_to_undo"));
      return;
    }
    const entry = { uid: `undo:${uid}`, what: "undo", made_at: new Date().toISOString() };
    try {
      const { refused } = await this.ask("decisions", { entries: [entry] });
      this.tell(refused.length ? refused[0].says : this.say("undone"), this.gestures.length > 0);
    } catch (error) {
      this.refused(error);
    }
    this.load();
  }

  open(place) {
    const row = this.rows[place];
    if (!row) return;
    this.remember(row.id);
    this.opening(row.id);
  }

  // -- mouse and fields ------------------------------------------------------------------

  click(event) {
    const act = event.target.closest("[data-act]");
    if (act) return this.act(act.dataset.act);
    const sort = event.target.closest("[data-sort]");
    if (sort) return this.sort(sort.dataset.sort);
    if (event.target.closest("[data-chooser]")) return this.drop();
    const line = event.target.closest("[data-row]");
    return line ? this.clickRow(event, Number(line.dataset.row)) : undefined;
  }

  clickRow(event, place) {
    this.activate(place);
    if (event.target.closest("[data-open]")) return this.open(place);
    if (event.target.closest("[data-more]")) return this.unfold(place);
    if (event.target.closest("label") && event.target.tagName !== "INPUT") return undefined;
    if (event.shiftKey) return this.extend(place);
    const selection = this.root.getSelection?.() ?? document.getSelection();
    return selection?.type === "Range" ? undefined : this.toggle(place); // words, to be copied
  }

  // With Maj the browser would select the text in between.
  press(event) {
    const line = event.target.closest("[data-row]");
    if (!line || !event.shiftKey) return;
    event.preventDefault();
    line.focus({ preventScroll: true });
  }

  doubleClick(event) {
    const line = event.target.closest("[data-row]");
    if (line && !event.target.closest("button, .pick")) this.open(Number(line.dataset.row));
  }

  drop(open = this.frame.querySelector(".drop").hidden) {
    this.frame.querySelector(".drop").hidden = !open;
    this.frame.querySelector("[data-chooser]").setAttribute("aria-expanded", open);
  }

  change({ target }) {
    const { filter, column } = target.dataset;
    if ("page" in target.dataset) this.choose([...this.rows.keys()], target.checked);
    else if ("size" in target.dataset) this.ask_again({ size: Number(target.value) });
    else if ("pageNumber" in target.dataset) this.turn(Number.parseInt(target.value, 10));
    else if (column) this.changeColumns(column, target.checked);
    else if (filter === "profile") this.filter("profile", JSON.parse(target.value));
    else if (filter && filter !== "search") this.filter(filter, target.value);
  }

  changeColumns(column, on) {
    const wanted = new Set(this.shown);
    wanted[on ? "add" : "delete"](column);
    this.shown = this.about.columns.map(({ id }) => id).filter((id) => wanted.has(id));
    const { page } = this.asked;
    const gone = !on && this.asked.sort[0] === column;
    this.ask_again(gone ? { sort: ["", "asc"] } : {}, { page, keep: true });
  }

  input({ target }) {
    if (target.dataset.filter !== "search") return;
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.filter("search", target.value), TYPING);
  }

  enter({ target }) {
    const line = target.closest?.("[data-row]");
    if (line) this.activate(Number(line.dataset.row));
  }

  blur({ relatedTarget }) {
    if (relatedTarget && !relatedTarget.closest?.(".chooser")) this.drop(false);
  }

  // -- the row that has the focus ---------------------------------------------------------

  activate(place) {
    if (!this.rows[place]) return;
    const lines = this.lines();
    lines[this.active]?.setAttribute("tabindex", "-1");
    this.active = place;
    lines[place].setAttribute("tabindex", "0");
  }

  focusRow(place = this.active) {
    this.activate(place);
    const line = this.lines()[this.active];
    line?.focus({ preventScroll: true });
    line?.scrollIntoView({ block: "nearest" });
  }

  unfold(place, open = !this.unfolded.has(this.rows[place].id)) {
    const { id } = this.rows[place];
    this.unfolded[open ? "add" : "delete"](id);
    this.drawTable();
    this.drawBars();
    this.focusRow(place);
  }
}
