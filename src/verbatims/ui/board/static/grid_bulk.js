// One gesture on many answers: what it will do is counted by the server and said, then confirmed.

import { escape, foldedText } from "./grid_words.js";
import { Refusal } from "./server.js";

const NEEDS_THEME = new Set(["add", "remove"]);

export class Bulk {
  constructor(grid, dialog) {
    this.grid = grid;
    this.dialog = dialog;
    dialog.addEventListener("click", (event) => this.click(event));
    dialog.addEventListener("input", (event) => this.type(event));
    dialog.addEventListener("keydown", (event) => this.key(event));
    dialog.addEventListener("close", () => grid.focusRow());
  }

  // The gesture is named once, so that confirming it twice does it once.
  async open(what) {
    const chosen = this.grid.all
      ? { filters: this.grid.asked.filters, expected: this.grid.total }
      : { ids: [...this.grid.chosen] };
    this.gesture = { uid: crypto.randomUUID(), what, theme: "", ...chosen };
    this.counts = null;
    this.error = "";
    this.wanted = "";
    this.place = 0;
    this.draw();
    this.dialog.showModal();
    await this.count();
  }

  async count() {
    const asked = JSON.stringify(this.gesture);
    try {
      const counts = await this.grid.ask("bulk", { ...this.gesture, preview: true });
      if (asked !== JSON.stringify(this.gesture)) return;
      this.counts = counts;
    } catch (error) {
      this.refused(error);
    }
    this.draw();
  }

  async confirm() {
    if (!this.ready() || this.sending) return;
    this.sending = true;
    this.draw();
    try {
      const done = await this.grid.ask("bulk", this.gesture);
      this.dialog.close();
      this.grid.done(this.gesture, done);
    } catch (error) {
      this.refused(error);
    } finally {
      this.sending = false;
      if (this.dialog.open) this.draw();
    }
  }

  refused(error) {
    if (!(error instanceof Refusal)) throw error;
    this.error = error.says || this.grid.say("refused");
  }

  ready() {
    const chosen = !NEEDS_THEME.has(this.gesture.what) || this.gesture.theme;
    return Boolean(chosen && this.counts && this.counts.changed && !this.error);
  }

  offered() {
    const { about } = this.grid;
    const wanted = foldedText(this.wanted).trim();
    const held = this.counts?.held ?? {};
    return about.themes.filter(
      ({ id, label, sign }) =>
        (this.gesture.what === "add" || held[id]) &&
        (!wanted || sign === wanted || foldedText(label).includes(wanted)),
    );
  }

  draw() {
    const { say } = this.grid;
    const { what, theme } = this.gesture;
    const picking = NEEDS_THEME.has(what) && !theme;
    const label = theme ? this.grid.theme(theme).label : "";
    const n = this.counts?.chosen ?? this.grid.chosenCount();
    const title = say(picking ? `${what}_which` : `${what}_title`, { n, label });
    const focus = this.focused();
    this.dialog.innerHTML = `<h2 id="bulk-title">${escape(title)}</h2>${
      picking ? this.picker() : this.effect()
    }${this.error ? `<p class="error" role="alert">${escape(this.error)}</p>` : ""}
    <div class="buttons"><button data-cancel>${escape(say("cancel"))}</button>${
      picking
        ? ""
        : `<button class="primary" data-confirm${
            this.ready() && !this.sending ? "" : " disabled"
          }>${escape(say(`${what}_do`, { n: this.counts?.changed ?? 0, label }))}</button>`
    }</div>`;
    this.refocus(focus, picking);
  }

  focused() {
    const own = this.dialog.querySelector("input");
    return own && own.getRootNode().activeElement === own ? own.selectionStart : null;
  }

  refocus(at, picking) {
    const own = this.dialog.querySelector(picking ? "input" : "[data-confirm]:not(:disabled)");
    (own ?? this.dialog.querySelector("[data-cancel]")).focus();
    if (picking && at !== null) own.setSelectionRange(at, at);
  }

  picker() {
    const { say } = this.grid;
    const offered = this.offered();
    this.place = Math.max(0, Math.min(this.place, offered.length - 1));
    const items = offered.map(({ id, label, sign, number, colour }, place) => {
      const held = this.counts?.held[id] ?? 0;
      const own = colour ? ` style="--c:${escape(colour)}"` : "";
      return `<li role="option" id="bulk-${place}" data-theme="${escape(id)}"
        class="t${((number - 1) % 12) + 1}"${own} aria-selected="${place === this.place}"><b>${escape(
          sign,
        )}</b> <span>${escape(label)}</span><small>${held ? escape(say("held", { n: held })) : ""}</small></li>`;
    });
    const empty = this.counts ? say("no_theme") : say("counting");
    return `<input role="combobox" aria-expanded="true" aria-controls="bulk-themes"
      aria-activedescendant="${items.length ? `bulk-${this.place}` : ""}" aria-label="${escape(
        say("search_theme"),
      )}" placeholder="${escape(say("search_theme"))}" value="${escape(this.wanted)}">
      <ul role="listbox" id="bulk-themes" aria-label="${escape(say("themes"))}">${items.join("")}</ul>${
        items.length ? "" : `<p class="none">${escape(empty)}</p>`
      }`;
  }

  effect() {
    const { say } = this.grid;
    if (this.error) return "";
    if (!this.counts) return `<p class="none">${escape(say("counting"))}</p>`;
    const { what } = this.gesture;
    const { changed, newly_read: fresh, same, elsewhere } = this.counts;
    const label = this.gesture.theme ? this.grid.theme(this.gesture.theme).label : "";
    if (!changed) return `<p>${escape(say(`${what}_no_effect`, { label }))}</p>`;
    const lines = [say(`${what}_rule`, { label })];
    if (fresh) lines.push(say("newly_read", { n: fresh }));
    if (same) lines.push(say(`${what}_same`, { n: same, label }));
    if (elsewhere) lines.push(say("assigned", { n: elsewhere }));
    lines.push(say("one_gesture"));
    return `<ul class="lines">${lines.map((text) => `<li>${escape(text)}</li>`).join("")}</ul>`;
  }

  click(event) {
    const theme = event.target.closest("[data-theme]")?.dataset.theme;
    if (theme) this.pick(theme);
    else if (event.target.closest("[data-confirm]")) this.confirm();
    else if (event.target.closest("[data-cancel]")) this.dialog.close();
  }

  pick(theme) {
    this.gesture.theme = theme;
    this.counts = null;
    this.draw();
    this.count();
  }

  type(event) {
    this.wanted = event.target.value;
    this.place = 0;
    this.draw();
  }

  key(event) {
    event.stopPropagation(); // the keys of the table are not heard under the dialog
    if (event.target.role !== "combobox" && event.target.getAttribute("role") !== "combobox") return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.place += step;
      this.draw();
      this.dialog.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      const chosen = this.offered()[this.place];
      if (chosen) this.pick(chosen.id);
    }
  }
}
