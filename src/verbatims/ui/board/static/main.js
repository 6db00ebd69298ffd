// The board's door: Streamlit calls it at every run of the page, and its answer when it leaves.

import { Board } from "./board.js";
import { alikes, help, passages, refusals, sheetOf } from "./dialogs.js";
import { afterFrame, speaking } from "./dom.js";
import { answers, asked, follows, isTypedIn, single, typed } from "./keys.js";
import { moved, selected, words } from "./text.js";
import { View } from "./view.js";

const boards = new Map(); // by study and coder: they outlive the page, and keep sending
const MEMO_AFTER = 1500; // ms without typing before a memo is saved
const TWICE = 250; // ms after a click in which another makes it a double one, which selects a word
const LOST = /Connection error|Connexion perdue/;
const POPOVER = "[data-testid=stPopoverBody]";

export default function mount({ data, parentElement: root }) {
  const name = `${data.study} ${data.coder}`;
  if (root.desk?.name !== name) {
    root.desk?.leave();
    root.desk = new Desk(name, data, root);
  } else root.desk.renew(data);
  return () => root.desk?.leave();
}

class Desk {
  constructor(name, data, root) {
    this.name = name;
    this.root = root;
    this.host = root.host ?? root;
    this.held = []; // what was asked for before the verbatim that it bears on was on screen
    this.painted = true;
    this.done = 0;
    const known = boards.get(name);
    this.board = known ?? new Board(data);
    boards.set(name, this.board);
    this.view = new View(this.board, speaking(data.words), (...action) => this.ask(action));
    root.append(this.view.element);
    this.listen();
    this.board.changed = () => this.paint();
    this.paint();
    if (known) this.renew(data);
    else this.board.start();
    this.view.fit();
    requestAnimationFrame(() => this.take());
  }

  /** Take the focus, unless somebody is typing: a menu link keeps it, and Enter would follow it. */
  take() {
    this.view.fit();
    if (!document.activeElement || !isTypedIn(document.activeElement)) this.view.focus();
    if (this.view.element.matches(".small-room")) this.view.element.scrollIntoView();
  }

  renew(data) {
    this.board.renew(data);
    this.paint();
    requestAnimationFrame(() => this.view.fit());
  }

  leave() {
    clearTimeout(this.clicked);
    this.held = [];
    this.saveMemo();
    this.board.leave();
    this.board.changed = () => {};
    this.off.abort();
    this.view.element.remove();
    this.root.desk = null;
  }

  // -- heard -----------------------------------------------------------------------------

  listen() {
    this.off = new AbortController();
    const { signal } = this.off;
    const { element, parts } = this.view;
    const on = (target, event, heard, options = {}) => target.addEventListener(event, heard, { signal, ...options });
    on(window, "keydown", (event) => this.keydown(event), { capture: true });
    on(window, "pagehide", () => (this.saveMemo(), this.board.leave()));
    on(window, "online", () => this.board.outbox.flush());
    on(window, "resize", () => this.view.fit());
    const watcher = new MutationObserver(() => this.hush());
    watcher.observe(document.body, { childList: true });
    signal.addEventListener("abort", () => watcher.disconnect());
    on(document, "visibilitychange", () => document.hidden || this.board.look());
    on(element, "mousedown", (event) => this.mousedown(event));
    on(element, "click", (event) => this.click(event));
    on(parts.text, "mouseup", () => setTimeout(() => this.select()));
    for (const event of ["mouseover", "focusin"]) on(parts.text, event, (e) => this.view.tip(e.target.closest("mark")));
    for (const event of ["mouseleave", "focusout"]) on(parts.text, event, () => this.view.tip(null));
    on(element, "copy", (event) => this.copy(event));
    on(parts.memo, "input", () => this.typeMemo());
    on(parts.memo, "blur", () => this.saveMemo());
  }

  keydown(event) {
    const target = event.composedPath()[0];
    const inside = event.composedPath().includes(this.view.element);
    if (this.root.querySelector("dialog[open]")) return; // one that closes is in the page a little longer
    if (event.key === "Escape" && document.querySelector(POPOVER)) return; // Streamlit closes it
    if (isTypedIn(target) || (!inside && answers(target))) {
      if (event.key === "Escape" && !(inside && target.role === "combobox")) this.back(event);
      if (target === this.view.parts.memo) this.inMemo(event);
      return;
    }
    if (this.held.length && !this.hearing && follows(event)) this.hold(event);
    else this.hear(event, target, inside);
  }

  hear(event, target, inside) {
    if (target.matches?.("mark") && ["Enter", " "].includes(event.key)) {
      event.preventDefault();
      this.ask(["passages", target]);
      return;
    }
    if (this.view.passage && this.move(event)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    const action = asked(event);
    if (!action || (!event.ctrlKey && !event.metaKey && !single.get() && action[0] !== "help" && !inside)) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // Streamlit has letters of its own
    if (event.repeat && !["skip", "back"].includes(action[0])) return; // a key held decides once
    if (action[0] === "theme") action[1] = this.theme(action[1]);
    if (action[0] !== "theme" || action[1]) this.ask(action);
  }

  /** What a key means depends on those that wait, as an arrow after « Maj+S »: it is heard after them. */
  hold(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
    const again = new KeyboardEvent("keydown", event);
    this.later(() => this.press(again));
  }

  press(event) {
    const target = this.root.activeElement ?? document.body;
    this.hearing = true;
    const left = target.dispatchEvent(event);
    this.hearing = false;
    if (left && isTypedIn(target)) typed(target, event.key);
  }

  /** Streamlit says over the board that the server is lost: the board says it, and goes on. */
  hush() {
    const dialog = [...document.querySelectorAll("body > * [role=dialog]")].find((one) => LOST.test(one.textContent));
    dialog?.querySelector("button")?.click();
    if (dialog) setTimeout(() => this.view.focus(), 100);
  }

  /** Enter saves a memo and leaves it, Shift+Enter goes to the next line. */
  inMemo(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.saveMemo();
    this.view.parts.memo.blur();
    this.view.focus();
    event.stopImmediatePropagation();
    this.view.said(this.view.say("memo_saved"));
  }

  back(event) {
    event.target.blur?.();
    this.view.focus();
    event.stopImmediatePropagation();
  }

  theme(key) {
    return this.board.themes.find((theme) => theme.key === key || theme.letter === key)?.id;
  }

  /** Buttons do not take the focus from the board: Enter still validates. */
  mousedown(event) {
    clearTimeout(this.clicked);
    const mark = event.target.closest("mark");
    if (mark) { // what takes the focus lets no selection begin in it
      mark.removeAttribute("tabindex");
      addEventListener("mouseup", () => mark.setAttribute("tabindex", "0"), { once: true });
    }
    if (!event.target.closest("button, summary") || event.target.closest("dialog")) return;
    event.preventDefault();
    if (!this.view.element.contains(this.root.activeElement)) this.view.focus();
  }

  click(event) {
    if (event.target.closest("dialog")) return;
    const button = event.target.closest("[data-act]");
    if (button) this.ask([button.dataset.act, button.dataset.argument]);
    const mark = event.target.closest("mark");
    if (!mark || this.view.passage || this.selection()) return;
    this.clicked = setTimeout(() => mark.isConnected && this.ask(["passages", mark]), TWICE);
  }

  selection() {
    const { current } = this.board;
    return current && selected(this.root, this.view.parts.text, current.text);
  }

  /** With a passage selected, arrows move it by words, with Shift its end, up and down by ideas. */
  move(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const jump = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if ((!step && !jump) || event.ctrlKey || event.altKey || event.metaKey) return false;
    const { text, ideas } = this.board.current;
    const units = jump && ideas.length > 1 ? ideas : words(text);
    this.view.passage = moved(units, this.view.passage, step ?? jump, event.shiftKey);
    this.repaint();
    this.view.said(this.selectedWords());
    return true;
  }

  select() {
    const { board, view } = this;
    if (!board.ready) return;
    const passage = this.selection();
    if (passage) document.getSelection()?.removeAllRanges();
    if (!passage && !view.passage) return;
    view.passage = passage;
    view.focus();
    this.repaint();
  }

  copy(event) {
    if (!this.view.passage) return;
    event.clipboardData.setData("text/plain", this.selectedWords());
    event.preventDefault();
  }

  selectedWords() {
    const [start, end] = this.view.passage;
    return [...this.board.current.text].slice(start, end).join("");
  }

  // -- done ------------------------------------------------------------------------------

  /** An action waits until the verbatim it bears on has been on screen: none is decided unseen. */
  ask(action) {
    if (this.painted && (this.hearing || !this.held.length)) this.act(action);
    else this.later(() => this.act(action));
  }

  later(deed) {
    this.held.push(deed);
    this.count();
  }

  act([name, argument]) {
    const deed = this.deeds[name];
    const free = ["back", "skip", "undo", "redo", "help", "open", "refused", "results", "leave", "search", "sheet"];
    if (deed && (this.board.ready || free.includes(name))) deed.call(this, argument);
  }

  deeds = {
    validate() {
      const { board, view } = this;
      const alike = board.current.read ? [] : board.current.alike.map(({ id }) => id);
      this.decided(() => board.validate(alike.filter((id) => !view.unticked.has(id))));
    },
    nothing() {
      this.decided(() => this.board.nothing());
    },
    skip() {
      this.saveMemo();
      this.board.move(1);
      this.paint();
      this.board.fetch();
    },
    back() {
      this.saveMemo();
      this.board.move(-1);
      this.paint();
    },
    undo() {
      this.again("undo", "redo", "undone");
    },
    redo() {
      this.again("redo", "undo", "redone");
    },
    theme(theme) {
      const { board, view } = this;
      if (view.passage) {
        const coded = board.code(theme, view.passage);
        view.passage = null;
        view.said(view.say(coded ? "passage_coded" : "passage_removed"));
      } else board.toggle(theme);
      this.last = theme;
      if (!view.element.matches(".small-room")) view.themes.reveal(theme); // there the text keeps its place
      this.repaint();
    },
    search() {
      this.view.search.open(this.board.themes, (theme) => this.board.isKept(theme));
    },
    passage() {
      const [first] = words(this.board.current.text);
      if (!first) return;
      this.view.passage = first;
      this.repaint();
      this.view.said(this.view.say("passage_start"));
    },
    leave() {
      this.view.passage = null;
      this.board.notice = "";
      this.view.tip(null);
      this.repaint();
      this.view.focus();
    },
    memo() {
      this.view.parts.memo.focus();
    },
    star() {
      const sheet = this.board.current;
      this.send(this.board.state("pick", sheet, { picked: !sheet.picked }));
      this.view.said(this.view.say(sheet.picked ? "starred" : "unstarred"));
      this.repaint();
    },
    flag() {
      const sheet = this.board.current;
      this.send(this.board.state("flag", sheet, { raised: !sheet.flagged }));
      this.view.said(this.view.say(sheet.flagged ? "flagged" : "unflagged"));
      this.repaint();
    },
    open(id) {
      this.saveMemo();
      this.board.go(id);
      this.paint();
    },
    results() {
      const { results } = this.board.data;
      const link = [...document.querySelectorAll("a")].find((one) => one.pathname.endsWith(`/${results}`));
      if (link) link.click(); // within the session
      else location.assign(`${this.board.data.base}/${results}`);
    },
    help() {
      this.dialog(help, this.view.say, { single });
    },
    sheet() {
      const { board } = this;
      if (!board.themes.length) return;
      const focused = this.root.activeElement?.dataset?.theme;
      const present = board.current ? [...board.draft(board.current).present] : [];
      const toggle = (theme) => (board.toggle(theme), this.repaint());
      this.dialog(sheetOf, this.view.say, board, focused ?? this.last ?? present[0], { toggle });
    },
    alike() {
      const chosen = (left) => ((this.view.unticked = left), this.repaint());
      this.dialog(alikes, this.view.say, this.board.current, this.view.unticked, { chosen });
    },
    passages(mark) {
      const remove = (span) => (this.board.uncode(span.theme, [span.start, span.end]), this.repaint());
      const adjust = (span) => ((this.view.passage = [span.start, span.end]), this.repaint());
      this.dialog(passages, this.view.say, mark.spans, { remove, adjust });
    },
    refused() {
      this.dialog(refusals, this.view.say, this.board.outbox, { go: (id) => this.ask(["open", id]) });
    },
  };

  dialog(open, say, ...rest) {
    const options = rest.pop();
    open(this.root.querySelector(".board"), say, ...rest, { ...options, closed: () => this.view.focus() });
  }

  /** Paint first, then keep, then send. */
  decided(decide) {
    this.saveMemo();
    const entry = decide();
    if (entry) this.done += 1;
    this.paint();
    this.send(entry);
  }

  send(entry) {
    this.board.send(entry);
    this.view.foot();
    this.count();
  }

  again(from, to, said) {
    this.saveMemo();
    if (this.board.step(from, to)) {
      this.view.passage = null;
      this.repaint();
      return this.view.said(this.view.say(said));
    }
    const entry = this.board.again(from, to);
    if (!entry) return this.view.said(this.view.say(`${from}_none`));
    this.paint();
    this.send(entry);
    this.view.tell(this.view.say(said));
  }

  typeMemo() {
    const sheet = this.board.current;
    if (!sheet) return;
    this.board.memos.set(sheet.id, this.view.parts.memo.value);
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.saveMemo(), MEMO_AFTER);
  }

  saveMemo() {
    clearTimeout(this.typing);
    for (const [id, text] of this.board.memos) {
      const sheet = this.board.sheets.find((one) => one.id === id);
      if (sheet && sheet.memo !== text) this.send(this.board.state("memo", sheet, { text }));
    }
    this.board.memos.clear();
  }

  // -- painted ---------------------------------------------------------------------------

  /** Paint, and hold the keys until the verbatim is on screen when it is another. */
  paint() {
    const before = this.host.dataset.vid;
    this.view.paint();
    const now = this.board.current?.id ?? "";
    if (before !== now) {
      this.host.dataset.vid = now;
      this.painted = false;
      afterFrame(() => this.shown(now));
    }
    this.count();
  }

  repaint() {
    this.view.paint();
    this.count();
  }

  count() {
    this.host.dataset.held = this.held.length;
    this.host.dataset.pending = this.board.outbox.pending;
    this.host.dataset.done = this.done;
  }

  shown(id) {
    if (id !== this.host.dataset.vid) return;
    this.painted = true;
    while (this.painted && this.held.length) this.held.shift()();
    this.count();
  }
}
