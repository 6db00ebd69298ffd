// The board on the page: made once, then brought up to date in place, so that nothing jumps, the
// focus stays and the next verbatim is there within a frame.

import { el, remember, remembered, write } from "./dom.js";
import { Panel } from "./panel.js";
import { pieces, quoted } from "./text.js";
import { colour, percent, Search, sign, ThemeList } from "./themes.js";

const WHY = "verbatims:why"; // whether the reasons are open, in the browser's storage
const [TWO, THREE] = [800, 1180]; // px from which there is room for two columns, for three
const SAID_AFTER = 150; // ms on a verbatim before it is read aloud

export class View {
  /** `act` is told of every action asked for with the mouse, by name. */
  constructor(board, say, act) {
    this.board = board;
    this.say = say;
    this.act = act;
    this.passage = null;
    this.unticked = new Set(); // of the answers alike, those left out
    this.parts = {};
    this.themes = new ThemeList(say, (theme) => act("theme", theme));
    this.search = new Search(say, {
      toggle: (theme) => act("theme", theme),
      leave: () => this.focus(),
    });
    this.panel = new Panel(board, say, (id) => act("open", id));
    this.element = this.made();
  }

  // -- made once -------------------------------------------------------------------------

  part(name, tag, attributes = {}, ...children) {
    this.parts[name] = el(tag, { class: name, ...attributes }, ...children);
    return this.parts[name];
  }

  made() {
    const { say } = this;
    const codes = el("section", { class: "codes", "aria-label": say("themes") },
      el("h2", {}, say("themes"), this.part("count", "span")),
      this.search.element, this.themes.list);
    const foot = el("footer", {},
      this.part("bar", "span", { "aria-hidden": "true" }, el("i")),
      this.part("progress", "span"),
      this.part("saved", "span", { role: "status" }),
      this.part("refused", "button", { type: "button", data: { act: "refused" }, hidden: true }),
      this.part("notice", "span", { role: "status" }),
      el("span", { class: "coder" }, say("coded_as", { coder: this.board.data.coder })));
    return el("div", { class: "board", tabindex: "0", role: "application", "aria-label": say("board") },
      this.desk(), codes, this.panel.element, foot,
      this.part("live", "p", { role: "status", "aria-live": "polite" }),
      this.part("tip", "div", { role: "tooltip", hidden: true }));
  }

  desk() {
    const { say } = this;
    return el("section", { class: "desk", "aria-label": say("verbatim") },
      el("header", {},
        el("p", { class: "meta" }, this.part("who", "b"), this.part("state", "span"), this.part("blind", "span")),
        this.part("question", "p"), this.part("reason", "p")),
      this.part("reading", "div", { tabindex: "0", role: "group", "aria-label": say("text") },
        this.turns("before"), this.part("text", "p", { lang: "fr" }), this.turns("after"),
        this.part("message", "div", { hidden: true })),
      this.part("accepted", "p"),
      el("div", { class: "line" }, this.part("kept", "p"), this.part("alike", "button", { type: "button", data: { act: "alike" }, hidden: true })),
      this.why(), this.memo(), this.actions());
  }

  /** What was said around the answer: little room, within which it scrolls. */
  turns(name) {
    return this.part(name, "div", { tabindex: "0", role: "group", "aria-label": this.say(name), hidden: true });
  }

  why() {
    const box = this.part("why", "details", {}, this.part("whyTitle", "summary"), this.part("whyLines", "ul"), this.part("note", "p"));
    box.open = remembered(WHY) === "1";
    this.parts.whyTitle.addEventListener("click", () => remember(WHY, box.open ? "0" : "1"));
    return box;
  }

  memo() {
    const field = this.part("memo", "textarea", {
      rows: "1", "aria-label": this.say("memo"), placeholder: this.say("memo_hint"),
    });
    return el("label", { class: "memo-line" }, el("span", {}, this.say("memo"), " ", key(`${this.say("shift")}+M`)), field);
  }

  actions() {
    const { say } = this;
    const button = (act, label, keys, attributes = {}) =>
      this.part(act, "button", { type: "button", data: { act }, ...attributes }, el("span", { text: label }), keys ? key(keys) : null);
    const small = (act, mark, attributes = {}) =>
      button(act, mark, "", { class: `${act} small`, "aria-label": say(act), title: say(`${act}_title`), ...attributes });
    return el("div", { class: "actions", role: "toolbar", "aria-label": say("actions") },
      button("validate", say("validate"), say("enter"), { class: "validate primary" }),
      button("nothing", say("nothing"), "0"),
      button("back", say("back"), "←"), button("skip", say("skip"), "→"),
      small("undo", "↶"), small("redo", "↷"),
      el("span", { class: "gap" }),
      small("star", "☆", { "aria-pressed": "false" }), small("flag", "⚑", { "aria-pressed": "false" }), small("help", "?"));
  }

  // -- brought up to date ----------------------------------------------------------------

  /** Paint everything that the verbatim on the desk changes. */
  paint() {
    const { board } = this;
    const sheet = board.current;
    if (this.shown !== sheet?.id) {
      this.shown = sheet?.id;
      this.passage = null;
      this.unticked = new Set();
      this.tip(null);
      this.parts.reading.scrollTop = 0;
      this.sight();
      this.tell();
    }
    this.themes.make(board.themes);
    this.element.classList.toggle("blank", !sheet);
    this.element.setAttribute("aria-busy", String(board.waiting));
    if (sheet && board.about) this.sheet(sheet);
    else this.blank();
    this.panel.show(sheet);
    this.foot();
  }

  sheet(sheet) {
    const { parts, say, board } = this;
    const draft = board.draft(sheet);
    parts.message.hidden = true;
    write(parts.who, sheet.respondent);
    write(parts.question, this.title(sheet.question));
    write(parts.reason, capital(sheet.reason));
    write(parts.state, sheet.read ? say(draft.touched ? "read_changed" : "read_already") : "");
    write(parts.blind, sheet.closed_to ? say("blind") : "");
    parts.blind.title = sheet.closed_to ? say(`blind_${sheet.closed_to}`) : "";
    this.around(sheet);
    this.text(sheet, draft);
    this.kept(sheet, draft);
    this.reasons(sheet);
    this.states(sheet);
    this.themes.show(sheet, draft.present, board.about.calibrated ? sheet.scores : {});
    write(parts.count, say("kept_count", { n: draft.present.size }));
  }

  around(sheet) {
    if (this.drawn?.sheet === sheet) return; // scrolled as the coder left it
    for (const name of ["before", "after"]) {
      this.parts[name].replaceChildren(...sheet[name].map(turn));
      this.parts[name].hidden = !sheet[name].length;
    }
    this.parts.before.scrollTop = this.parts.before.scrollHeight; // the nearest turn
  }

  title(question) {
    return this.board.data.questions[question] ?? question;
  }

  /** Drawn again only when it changes, lest a selection under way or the focus be lost. */
  text(sheet, draft) {
    const state = JSON.stringify([[...draft.present], [...draft.spans], this.passage]);
    const { sheet: before, themes, state: last } = this.drawn ?? {};
    if (before === sheet && themes === this.board.themes && last === state) return;
    this.drawn = { sheet, themes: this.board.themes, state };
    const nodes = pieces(sheet.text, this.evidence(sheet, draft), { ideas: sheet.ideas, passage: this.passage });
    this.parts.text.replaceChildren(...nodes);
  }

  /** The passages shown: those of the themes kept, and what the machine found for the others. */
  evidence(sheet, draft) {
    return this.board.themes.flatMap((theme) => {
      const own = draft.present.has(theme.id) ? draft.spans.get(theme.id) : undefined;
      const kept = draft.present.has(theme.id);
      const p = this.board.about.calibrated ? sheet.scores[theme.id] : undefined;
      const about = { theme: theme.id, about: theme, order: theme.number, sign: sign(theme), colour: colour(theme), kept, p };
      if (own) return own.map(([start, end]) => ({ ...about, start, end, says: this.say("own_passage") }));
      return sheet.tags.filter((tag) => tag.theme === theme.id).map(({ start, end, says }) => ({ ...about, start, end, says }));
    });
  }

  kept(sheet, draft) {
    const { parts, say, board } = this;
    const chips = board.themes.filter((theme) => draft.present.has(theme.id)).map((theme) =>
      el("span", { class: `chip ${colour(theme)}` }, el("kbd", { text: sign(theme) }), theme.label));
    const hint = this.passage ? say("passage_hint", { words: short(quoted(sheet.text, this.passage)) }) : "";
    redraw(parts.kept, hint ? [el("b", { text: hint })] : chips.length ? chips : [el("span", { class: "quiet", text: say("nothing_kept") })]);
    const alike = sheet.alike.length - this.unticked.size;
    parts.alike.hidden = !sheet.alike.length || sheet.read;
    write(parts.alike, say(alike ? "alike" : "alike_none", { n: alike }));
    const labels = board.themes.filter((theme) => sheet.accepted.includes(theme.id)).map((theme) => theme.label);
    write(parts.accepted, labels.length && !sheet.read ? say("accepted", { themes: labels.join(", ") }) : "");
  }

  reasons(sheet) {
    const { parts, say, board } = this;
    write(parts.whyTitle, say("why", { n: sheet.why.length }));
    const known = new Map(board.themes.map((theme) => [theme.id, theme]));
    const lines = sheet.why.filter(({ theme }) => known.has(theme)).map(({ theme, says, how }) => {
      const p = this.board.about.calibrated ? sheet.scores[theme] : undefined;
      return el("li", { class: colour(known.get(theme)) },
        el("kbd", { text: sign(known.get(theme)) }), el("b", { text: known.get(theme).label }),
        el("i", { text: p === undefined ? how : percent(say, p) }), el("span", { text: says.join(say("between")) }));
    });
    redraw(parts.whyLines, lines);
    write(parts.note, sheet.closed_to === "machine" ? "" : board.about.note);
  }

  states(sheet) {
    const { parts, board } = this;
    if (parts.memo !== this.active()) parts.memo.value = board.memos.get(sheet.id) ?? sheet.memo;
    press(parts.star, sheet.picked, "★", "☆");
    press(parts.flag, sheet.flagged, "⚑", "⚐");
    parts.validate.disabled = parts.nothing.disabled = !board.ready;
  }

  blank() {
    const { parts } = this;
    this.drawn = null;
    parts.before.hidden = parts.after.hidden = true;
    for (const name of ["who", "question", "reason", "state", "blind", "text", "before", "after", "kept", "accepted", "note", "count", "whyTitle", "whyLines"])
      parts[name].replaceChildren();
    parts.memo.value = "";
    parts.alike.hidden = true;
    parts.validate.disabled = parts.nothing.disabled = true;
    this.themes.show(null, new Set(), {});
    parts.message.hidden = false;
    const message = el("div", {}, ...this.message());
    if (message.innerHTML !== parts.message.firstChild?.innerHTML) parts.message.replaceChildren(message);
  }

  /** Why there is no verbatim on the desk, and the way on. */
  message() {
    const { board, say } = this;
    const way = (act, label, argument = "") => el("button", { type: "button", data: { act, argument }, text: label });
    const line = (name, values) => el("p", { text: say(name, values) });
    if (board.waiting) {
      const trouble = board.trouble || board.outbox.trouble;
      const named = { "": "loading", server: "unreachable", expired: "expired" }[trouble];
      return [named ? line(named) : el("p", { text: trouble })];
    }
    if (!board.progress?.scope) return [line("no_match"), line("no_match_advice")];
    const passed = board.passed.length;
    const ways = [way("results", say("see_results"))];
    if (passed) ways.unshift(way("open", say("see_passed", { n: passed }), board.passed[0].id));
    const left = board.progress.scope - board.progress.read;
    return [line(left > 0 ? "list_end" : "all_read", { n: board.progress.scope }), el("p", { class: "row" }, ...ways)];
  }

  foot() {
    const { board, parts, say } = this;
    const { outbox, progress } = board;
    write(parts.progress, progress ? say("progress", progress) : "");
    parts.bar.firstChild.style.width = progress?.scope ? `${(100 * progress.read) / progress.scope}%` : "0";
    if (!outbox.isQuick) write(parts.saved, saved(outbox, say));
    parts.saved.classList.toggle("trouble", Boolean(outbox.trouble && outbox.pending));
    parts.refused.hidden = !outbox.refused.length;
    write(parts.refused, say("refused", { n: outbox.refused.length }));
    write(parts.notice, notice(board, say));
    parts.undo.disabled = !board.can("undo");
    parts.redo.disabled = !board.can("redo");
  }

  // -- said, pointed at, focused -----------------------------------------------------------

  /** Read the verbatim aloud, once the coder stays on it. */
  tell(first = "") {
    clearTimeout(this.telling);
    this.telling = setTimeout(() => {
      const sheet = this.board.current;
      const themes = sheet && this.board.about ? this.board.themes.filter((theme) => this.board.isKept(theme.id)) : [];
      const labels = themes.map((theme) => theme.label).join(", ") || this.say("none");
      write(this.parts.live, sheet ? `${first} ${this.say("told", { text: sheet.text, themes: labels })}`.trim() : first || this.parts.message.textContent);
    }, SAID_AFTER);
  }

  said(text) {
    clearTimeout(this.telling);
    write(this.parts.live, text);
  }

  /** What stands behind the words pointed at, above them. */
  tip(mark) {
    const { tip } = this.parts;
    tip.hidden = !mark;
    if (!mark) return;
    tip.replaceChildren(...mark.spans.flatMap((span) => [
      el("b", { text: `${span.sign} · ${span.about.label}` }),
      ...span.says.map((line) => el("span", { text: line })),
    ]));
    const [words] = mark.getClientRects();
    const frame = this.element.getBoundingClientRect();
    tip.style.left = `${Math.max(8, Math.min(words.left - frame.left, frame.width - tip.offsetWidth - 8))}px`;
    const above = words.top - frame.top - tip.offsetHeight - 6;
    tip.style.top = `${above > 0 ? above : words.bottom - frame.top + 6}px`;
  }

  focus() {
    this.element.focus({ preventScroll: true });
  }

  /** In one column the page scrolls: what is coded is put in sight again. */
  sight() {
    if (this.element.matches(".small-room")) this.element.scrollIntoView({ block: "start" });
  }

  active() {
    return this.element.getRootNode().activeElement;
  }

  /** All the height that the window leaves under the filters; fewer columns in little width. */
  fit() {
    const width = this.element.getBoundingClientRect().width;
    this.element.classList.toggle("small-room", width < TWO);
    this.element.classList.toggle("medium", width >= TWO && width < THREE);
    const scrolled = this.element.closest?.("section")?.scrollTop ?? 0;
    const top = this.element.getBoundingClientRect().top + scrolled;
    this.element.style.setProperty("--top", `${Math.round(Math.max(top, 0))}px`);
  }
}

function key(text) {
  return el("kbd", { text, "aria-hidden": "true" });
}

function turn({ text }) {
  return el("p", { class: "turn", text });
}

/** Draw only what differs: most paintings change but a word. */
function redraw(part, nodes) {
  const same = nodes.length === part.childNodes.length && nodes.every((node, place) => node.isEqualNode(part.childNodes[place]));
  if (!same) part.replaceChildren(...nodes);
}

function press(button, pressed, on, off) {
  button.setAttribute("aria-pressed", String(pressed));
  write(button.firstChild, pressed ? on : off);
}

function saved(outbox, say) {
  const n = outbox.pending;
  if (!n) return say("saved");
  if (outbox.trouble === "expired") return say("waiting_expired", { n });
  if (!outbox.trouble) return say("saving", { n });
  return outbox.trouble === "server" ? say(outbox.kept ? "waiting" : "waiting_open", { n }) : outbox.trouble;
}

function notice(board, say) {
  if (board.notice) return board.notice === "codebook_changed" ? say("codebook_changed") : board.notice;
  const [other] = board.others;
  return other ? say("of_another", { coder: other[0], n: other[1] }) : "";
}

function capital(text) {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function short(text) {
  return text.length > 60 ? `${text.slice(0, 45)}…${text.slice(-12)}` : text;
}
