// Beside the verbatim: its respondent, what they said elsewhere, and the verbatims most like it.

import { el } from "./dom.js";
import { colour, sign } from "./themes.js";

const CALM = 220; // ms on a verbatim before its neighbours are asked for: not while going fast

export class Panel {
  constructor(board, say, open) {
    this.board = board;
    this.say = say;
    this.open = open;
    this.profile = el("dl", { class: "facts" });
    this.closed = el("dl", { class: "facts" });
    this.others = el("div", { class: "texts" });
    this.similar = el("div", { class: "texts" });
    this.parts = {
      profile: section(say("respondent"), this.profile),
      others: section(say("others"), this.others),
      similar: section(say("similar"), this.similar),
      closed: section(say("closed"), this.closed),
    };
    this.element = el("aside", { class: "beside", "aria-label": say("beside"), tabindex: "0" }, ...Object.values(this.parts));
  }

  show(sheet) {
    if (sheet === this.shown) return;
    clearTimeout(this.timer);
    this.shown = sheet;
    this.element.classList.toggle("empty", !sheet);
    if (!sheet) return;
    facts(this.parts.profile, this.profile, sheet.profile);
    facts(this.parts.closed, this.closed, sheet.closed);
    this.others.classList.add("old");
    this.similar.classList.add("old");
    const held = this.board.near.get(sheet.id);
    if (held) this.around(held);
    else this.timer = setTimeout(() => this.ask(sheet), CALM);
  }

  async ask(sheet) {
    try {
      const near = await this.board.neighbours(sheet.id);
      if (sheet === this.shown) this.around(near);
    } catch {
      if (sheet === this.shown) this.timer = setTimeout(() => this.ask(sheet), 3000);
    }
  }

  around(near) {
    this.fill(this.parts.others, this.others, near.others.map((one) => this.other(one)));
    this.fill(this.parts.similar, this.similar, near.similar.map((one) => this.like(one)));
  }

  fill(part, box, found) {
    part.hidden = !found.length;
    box.classList.remove("old");
    box.replaceChildren(...found);
  }

  other({ question, text, id, themes }) {
    return el("article", {}, el("h4", { text: this.board.data.questions[question] ?? question }), this.text(id, text), this.chips(themes));
  }

  like({ id, text, themes, coder }) {
    const by = coder ? el("small", { text: this.say("coded_by", { coder }) }) : null;
    return el("article", {}, this.text(id, text), this.chips(themes, by));
  }

  text(id, text) {
    return el("button", { class: "quote", type: "button", title: this.say("open"), text, on: { click: () => this.open(id) } });
  }

  chips(themes, by = null) {
    const known = this.board.themes.filter((theme) => themes.includes(theme.id));
    if (!known.length && !by) return null;
    const chips = known.map((theme) => el("span", { class: `chip ${colour(theme)}` }, el("kbd", { text: sign(theme) }), theme.label));
    return el("p", { class: "chips" }, ...chips, by);
  }
}

function section(title, box) {
  return el("section", {}, el("h3", { text: title }), box);
}

function facts(part, box, rows) {
  part.hidden = !rows.length;
  box.replaceChildren(...rows.flatMap(([label, value]) => [el("dt", { text: label, title: label }), el("dd", { text: value, title: value })]));
}
