// The codebook beside the text: each theme with its key, its box and how probable it is; and the
// search that finds one among hundreds by the beginnings of its words.

import { el, write } from "./dom.js";

const LIKELY = 0.2; // a theme this probable tells its figure, suggested or not
const SUREST = 0.99; // what is learned is never certain
const SHOWN = 40; // themes found that are listed

export const sign = (theme) => theme.key || theme.letter || String(theme.number);
export const colour = (theme) => `t${((theme.number - 1) % 12) + 1}`;

export function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

export function percent(say, p) {
  return say("percent", { n: Math.round(Math.min(p, SUREST) * 100) });
}

/** The themes whose label, or whose parents', has words that begin with those typed. */
export function search(themes, typed) {
  const wanted = folded(typed).split(/\s+/).filter(Boolean);
  const found = [];
  for (const theme of themes) {
    const [label, path] = [folded(theme.label), folded(pathOf(themes, theme).join(" "))];
    if (!wanted.every((word) => begins(`${path} ${label}`, word))) continue;
    const rank = label.startsWith(wanted[0] ?? "") ? 0 : begins(label, wanted[0] ?? "") ? 1 : 2;
    found.push([rank, theme]);
  }
  return found.sort((a, b) => a[0] - b[0]).map(([, theme]) => theme).slice(0, SHOWN);
}

function begins(text, word) {
  return text.startsWith(word) || new RegExp(`[^\\p{L}\\p{N}]${RegExp.escape?.(word) ?? escaped(word)}`, "u").test(text);
}

function escaped(word) {
  return word.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}

/** The labels of the themes above a theme, from the top. */
export function pathOf(themes, theme) {
  const above = themes.find((one) => one.id === theme.parent);
  return above ? [...pathOf(themes, above), above.label] : [];
}

/** The list of themes; `toggle` is told of a click. Rows are made once, then only brought up to date. */
export class ThemeList {
  constructor(say, toggle) {
    this.say = say;
    this.rows = new Map();
    this.list = el("div", { class: "themes", role: "group", "aria-label": say("themes") });
    this.list.addEventListener("click", (event) => {
      const row = event.target.closest("[data-theme]");
      if (row) toggle(row.dataset.theme);
    });
  }

  /** The rows of a codebook, when it is another one. */
  make(themes) {
    if (themes === this.made) return;
    this.made = themes;
    this.rows.clear();
    for (const theme of themes) this.rows.set(theme.id, this.row(theme, themes));
    this.list.replaceChildren(...[...this.rows.values()].map(({ row }) => row));
  }

  row(theme, themes) {
    const figure = el("span", { class: "figure" });
    const depth = Math.min(pathOf(themes, theme).length, 3);
    const row = el(
      "button",
      { class: `theme ${colour(theme)} depth${depth}`, type: "button", "aria-pressed": "false", data: { theme: theme.id } },
      el("kbd", { text: sign(theme) }),
      el("span", { class: "box", "aria-hidden": "true" }),
      el("span", { class: "name", text: theme.label }),
      theme.candidate ? el("small", { text: this.say("candidate") }) : null,
      figure,
    );
    if (theme.colour) row.style.setProperty("--own", theme.colour);
    if (theme.definition) row.title = theme.definition;
    return { row, figure };
  }

  /** Only what differs from the last verbatim is written: hundreds of rows take no time. */
  show(sheet, present, scores) {
    const proposed = new Set(sheet ? [...sheet.suggested, ...sheet.accepted] : []);
    for (const [id, { row, figure }] of this.rows) {
      const pressed = String(present.has(id));
      if (row.getAttribute("aria-pressed") !== pressed) row.setAttribute("aria-pressed", pressed);
      row.classList.toggle("proposed", proposed.has(id));
      const p = scores[id];
      write(figure, p !== undefined && (proposed.has(id) || p >= LIKELY) ? percent(this.say, p) : "");
      if (figure.textContent) row.style.setProperty("--p", Math.min(p, SUREST));
    }
  }

  reveal(id) {
    this.rows.get(id)?.row.scrollIntoView({ block: "nearest" });
  }
}

/** Type-ahead over all themes; `toggle` is told of the theme chosen, `leave` of the end. */
export class Search {
  constructor(say, { toggle, leave }) {
    this.say = say;
    this.toggle = toggle;
    this.leave = leave;
    this.found = [];
    this.input = el("input", {
      class: "search", type: "text", role: "combobox", autocomplete: "off", spellcheck: "false",
      placeholder: say("search_hint"), "aria-label": say("search"), "aria-expanded": "false",
      "aria-controls": "found", "aria-autocomplete": "list",
      on: { input: () => this.look(), keydown: (event) => this.key(event), blur: () => this.close() },
    });
    this.list = el("div", { class: "found", id: "found", role: "listbox", "aria-label": say("themes"), hidden: true });
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) this.choose(Number(option.dataset.place));
    });
    this.element = el("div", { class: "searching" }, this.input, this.list);
  }

  open(themes, isKept) {
    this.themes = themes;
    this.isKept = isKept;
    this.input.value = "";
    this.input.focus();
    this.look();
  }

  look() {
    this.found = search(this.themes ?? [], this.input.value);
    this.place = 0;
    this.draw();
  }

  draw() {
    const options = this.found.map((theme, place) => this.option(theme, place));
    this.list.replaceChildren(...(options.length ? options : [el("div", { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false", text: this.say("none_found") })]));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.input.setAttribute("aria-activedescendant", options.length ? `found-${this.place}` : "");
    options[this.place]?.scrollIntoView({ block: "nearest" });
  }

  option(theme, place) {
    const path = pathOf(this.themes, theme);
    const kept = this.isKept(theme.id);
    return el(
      "div",
      {
        role: "option", id: `found-${place}`, class: `option ${colour(theme)}`,
        "aria-selected": String(place === this.place), data: { place: String(place) },
      },
      el("kbd", { text: sign(theme) }),
      el("span", { class: `box ${kept ? "on" : ""}`, "aria-hidden": "true" }),
      el("span", { class: "name" }, theme.label, path.length ? el("small", { text: path.join(" › ") }) : null),
      kept ? el("small", { text: this.say("kept_already") }) : null,
    );
  }

  key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      const count = this.found.length;
      if (count) this.place = (this.place + steps[event.key] + count) % count;
      this.draw();
    } else if (event.key === "Enter") this.choose(this.place);
    else if (event.key === "Escape") this.leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  choose(place) {
    const theme = this.found[place];
    if (!theme) return;
    this.leave();
    this.toggle(theme.id);
  }

  close() {
    this.list.hidden = true;
    this.input.value = "";
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
