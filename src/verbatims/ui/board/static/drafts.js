// What a coder ticked and coded and has not validated: each step can be taken back, and all of it
// is kept in the browser's storage until it is decided, or no longer fits its verbatim.

import { forget, remember, remembered } from "./dom.js";

const AFTER = 300; // ms without a step before a draft is stored

export class Drafts {
  /** `place` names the study and the coder. */
  constructor(place) {
    this.prefix = `verbatims:draft:${place}:`;
    this.held = new Map(); // verbatim -> {id, basis, present: Set, spans: Map, touched, undo, redo}
    this.unsaved = new Set();
  }

  /** The draft of a verbatim: in hand, else stored and still fitting, else what is suggested. */
  of(sheet, themes) {
    const held = this.held.get(sheet.id);
    if (held) return held;
    const known = new Set(themes.map((theme) => theme.id));
    const draft = fresh(sheet, known);
    this.held.set(sheet.id, draft);
    this.resume(draft, known);
    return draft;
  }

  resume(draft, known) {
    const place = this.prefix + draft.id;
    const stored = parsed(remembered(place));
    if (!stored) return;
    if (stored.basis !== draft.basis) return forget(place);
    draft.undo.push(state(draft));
    Object.assign(draft, { present: new Set(stored.present), spans: new Map(stored.spans), touched: true });
    strip(draft, known);
  }

  /** A step of the coder's, which can be taken back. */
  change(draft, deed) {
    const before = state(draft);
    deed(draft);
    draft.undo.push(before);
    draft.redo = [];
    draft.touched = true;
    this.save(draft);
  }

  /** Take the last step back, or make it again, `from` and `to` being "undo" and "redo" or the reverse. */
  step(draft, from, to) {
    const next = draft[from].pop();
    if (!next) return false;
    draft[to].push(state(draft));
    Object.assign(draft, next);
    this.save(draft);
    return true;
  }

  /** Have again a draft as it was before it was decided. */
  put(draft) {
    this.held.set(draft.id, draft);
    this.save(draft);
  }

  touched(id) {
    return Boolean(this.held.get(id)?.touched);
  }

  drop(id) {
    this.held.delete(id);
    this.unsaved.delete(id);
    forget(this.prefix + id);
  }

  /** Made anew when asked for again; what is stored stays. */
  release(id) {
    if (!this.touched(id)) this.held.delete(id);
  }

  /** Themes that left the codebook leave the drafts. */
  fit(themes) {
    const known = new Set(themes.map((theme) => theme.id));
    for (const draft of this.held.values())
      for (const one of [draft, ...draft.undo, ...draft.redo]) strip(one, known);
  }

  save(draft) {
    this.unsaved.add(draft.id);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.store(), AFTER);
  }

  store() {
    clearTimeout(this.timer);
    for (const id of this.unsaved) {
      const { basis, present, spans, touched } = this.held.get(id);
      if (touched) remember(this.prefix + id, JSON.stringify({ basis, present: [...present], spans: [...spans] }));
      else forget(this.prefix + id);
    }
    this.unsaved.clear();
  }
}

/** [[theme, start, end]…] → the passages of each theme. */
export function byTheme(spans) {
  const found = new Map();
  for (const [theme, start, end] of spans) found.set(theme, [...(found.get(theme) ?? []), [start, end]]);
  return found;
}

function fresh(sheet, known) {
  const wanted = sheet.read ? sheet.present : [...sheet.suggested, ...sheet.accepted];
  const basis = JSON.stringify([sheet.stamp, sheet.read ? sheet.present : null]);
  const draft = { id: sheet.id, basis, present: new Set(wanted), spans: byTheme(sheet.spans), touched: false, undo: [], redo: [] };
  strip(draft, known);
  return draft;
}

/** Passages are replaced, never changed in place: to copy what holds them is enough. */
function state({ present, spans, touched }) {
  return { present: new Set(present), spans: new Map(spans), touched };
}

function strip({ present, spans }, known) {
  for (const theme of [...present]) if (!known.has(theme)) present.delete(theme);
  for (const theme of [...spans.keys()]) if (!known.has(theme)) spans.delete(theme);
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
