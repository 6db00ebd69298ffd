// What a coder has in hand: the verbatims held, the themes ticked, what may be undone. Knows
// nothing of the page; `server` and `outbox` carry what it says.

import { remember, remembered } from "./dom.js";
import { byTheme, Drafts } from "./drafts.js";
import { others, Outbox, uid } from "./outbox.js";
import { posting } from "./server.js";

const HELD = 50; // verbatims asked for at once
const LOW = 50; // verbatims left from which more are asked for: a fast coder on a slow day never waits
const KNOWN = 600; // verbatims whose ids are told, so that they do not come again
const SOUGHT = 300; // verbatims among which the one left on the desk is looked for
const AGAIN = 1_500; // ms before a question that failed is asked again

export class Board {
  constructor(data) {
    this.data = data;
    this.changed = () => {};
    this.post = posting(() => this.data);
    this.memos = new Map(); // verbatim -> what is typed and not yet in an entry
    this.near = new Map();
    this.deeds = new Map(); // gesture -> what it changed, while it can be undone from here
    this.stale = new Map(); // verbatim -> the gesture that must be heard before it is asked again
    this.history = { undo: [], redo: [] };
    this.about = null;
    this.themes = [];
    this.notice = "";
    this.made = 0; // gestures since the page was opened
    this.clear();
    const place = `${data.study}:${encodeURIComponent(data.coder)}`;
    this.position = `verbatims:at:${place}`;
    this.drafts = new Drafts(place);
    this.outbox = new Outbox(place, this.post, () => this.wanted(), (answer) => this.answered(answer));
    this.others = others(data.study, data.coder);
  }

  clear() {
    this.sheets = [];
    this.at = 0;
    this.end = false;
    this.progress = null;
    this.trouble = "";
    this.coming = ""; // the verbatim that is on its way to the desk
    this.sought = ""; // the one left there by the page before, when the queue still has it
    this.round = (this.round ?? 0) + 1; // what comes for the former filters is not taken
  }

  /** The page was drawn again: other filters, another token, another analysis or codebook. */
  renew(data) {
    const before = this.data;
    this.data = data;
    if (before.token !== data.token) this.outbox.flush();
    if (JSON.stringify(before.filters) !== JSON.stringify(data.filters)) {
      this.clear();
      this.fetch();
    } else if (before.version !== data.version) this.refresh();
    else if (!this.about || data.codebook !== this.about.codebook) this.look();
    if (data.first && data.first !== before.first) this.go(data.first);
  }

  start() {
    if (!this.data.first) this.sought = remembered(this.position) ?? "";
    this.outbox.flush().finally(() => this.fetch());
    if (this.data.first) this.go(this.data.first);
  }

  // -- what is held ----------------------------------------------------------------------

  get current() {
    return this.coming || this.sought ? null : (this.sheets[this.at] ?? null);
  }

  /** Whether the verbatim on the desk is in its last state, and may be decided. */
  get ready() {
    return Boolean(this.current && this.about && !this.stale.has(this.current.id));
  }

  get waiting() {
    return Boolean(this.coming || this.sought) || (!this.current && !this.end);
  }

  /** More verbatims after the last one held, when few are left. */
  async fetch() {
    const enough = this.sheets.length - this.at >= LOW && !this.sought;
    if (this.asking === this.round || this.end || enough) return;
    const round = this.round;
    this.asking = round;
    clearTimeout(this.timer);
    try {
      this.take(await this.batch(HELD), round);
    } catch (fault) {
      if (round === this.round) this.failed(fault);
    }
    if (this.asking === round) this.asking = 0;
    if (round !== this.round || this.trouble) return;
    this.changed();
    if (this.sought) this.fetch();
  }

  /** What the server holds; its progress counts only when it had heard every gesture. */
  async batch(n) {
    const { made } = this;
    const heard = !this.outbox.pending;
    const have = this.sheets.slice(-KNOWN).map((sheet) => sheet.id);
    const after = this.sheets.at(-1)?.id ?? "";
    const about = !this.about || n === 0;
    const answer = await this.post("batch", { filters: this.data.filters, after, have, n, about });
    const counts = heard && made === this.made;
    return { ...answer, progress: counts ? answer.progress : (this.progress ?? answer.progress) };
  }

  take(answer, round) {
    if (answer.about) this.learn(answer.about);
    if (round !== this.round) return;
    const known = new Set([...this.sheets.map((sheet) => sheet.id), ...this.unheard()]);
    this.sheets.push(...answer.sheets.filter((sheet) => !known.has(sheet.id)));
    this.end = answer.end;
    this.trouble = "";
    this.seek();
    this.progress = answer.progress;
  }

  /** Put what was on the desk there again; the first of the queue when it is no longer in it. */
  seek() {
    const place = this.sheets.findIndex((sheet) => sheet.id === this.sought);
    if (place >= 0) this.at = place;
    if (place >= 0 || this.end || this.sheets.length >= SOUGHT) this.sought = "";
  }

  /** What is done and not decided, for the page that will come after this one. */
  leave() {
    this.drafts.store();
    if (this.current) remember(this.position, this.current.id);
    this.outbox.leave();
  }

  failed(fault) {
    this.trouble = fault.expired ? "expired" : fault.says || "server";
    this.timer = setTimeout(() => this.fetch(), AGAIN);
    this.changed();
  }

  /** The codebook and the history of the moment, without any verbatim. */
  async look() {
    const round = this.round;
    try {
      const { about, progress } = await this.batch(0);
      if (about) this.learn(about);
      if (round !== this.round) return;
      this.progress = progress;
      this.changed();
    } catch {
      // the next question will tell
    }
  }

  learn(about) {
    const other = this.about && this.about.codebook !== about.codebook;
    if (other) this.notice = "codebook_changed";
    const undone = !this.history.undo.length && !this.history.redo.some(([one]) => this.outbox.has(one));
    if (!this.about || other || undone) this.history = continued(about.history, this.pending());
    this.about = about;
    this.themes = about.themes;
    this.drafts.fit(this.themes);
  }

  /** New suggestions: what comes next is asked for again, what is in hand stays. */
  async refresh() {
    const kept = this.sheets.slice(0, this.at);
    const here = this.current;
    this.round += 1;
    this.end = false;
    this.sheets = kept;
    this.near.clear();
    await this.look();
    if (here) {
      this.coming = here.id;
      await this.renewed(here.id);
    }
    await this.fetch();
  }

  /** The sheet of a verbatim as it now stands, in its place; else just before what is on the desk. */
  async renewed(id) {
    try {
      const { sheet } = await this.post("sheet", { id });
      const found = this.sheets.findIndex((one) => one.id === id);
      if (found >= 0) this.sheets[found] = sheet;
      else this.insert(sheet);
      this.stale.delete(id);
      this.drafts.release(id);
      if (this.coming === id) this.arrive(id);
    } catch (fault) {
      if (!fault.final) return setTimeout(() => this.renewed(id), AGAIN);
      this.notice = fault.says;
      this.stale.delete(id);
      if (this.coming === id) this.coming = "";
    }
    this.changed();
  }

  insert(sheet) {
    this.sheets.splice(this.at, 0, sheet);
    if (this.coming !== sheet.id) this.at += 1; // what is on the desk stays there
  }

  arrive(id) {
    this.coming = "";
    this.at = this.sheets.findIndex((sheet) => sheet.id === id);
  }

  pending() {
    return this.outbox.entries.map(([, entry]) => entry);
  }

  /** The verbatims that were decided and that the server does not know yet. */
  unheard() {
    const decided = this.pending().filter((entry) => entry.what === "decide");
    return decided.flatMap((entry) => [entry.verbatim, ...entry.also]);
  }

  /** What goes with a decision, and saves a request: the neighbours of the verbatim that follows. */
  wanted() {
    const id = this.current?.id;
    return id && !this.near.has(id) ? { near: id } : {};
  }

  async neighbours(id) {
    if (!this.near.has(id)) this.near.set(id, await this.post("near", { id }));
    return this.near.get(id);
  }

  // -- what is ticked ----------------------------------------------------------------------

  draft(sheet) {
    return this.drafts.of(sheet, this.themes);
  }

  isKept(theme) {
    return Boolean(this.current && this.draft(this.current).present.has(theme));
  }

  change(deed) {
    this.drafts.change(this.draft(this.current), deed);
  }

  toggle(theme) {
    this.change(({ present, spans }) => {
      if (present.delete(theme)) spans.delete(theme);
      else present.add(theme);
    });
  }

  /** The passages of a theme on the desk: the coder's, else the machine's. */
  passages(sheet, theme) {
    const own = this.draft(sheet).spans.get(theme);
    if (own) return own.filter(([start, end]) => start < end);
    return sheet.tags.filter((tag) => tag.theme === theme).map((tag) => [tag.start, tag.end]);
  }

  /** Code a passage: new, put in place of those it overlaps, or taken away when it is the same. */
  code(theme, passage) {
    const draft = this.draft(this.current);
    const kept = draft.present.has(theme);
    const shown = kept ? this.passages(this.current, theme) : [];
    const same = shown.some((one) => one[0] === passage[0] && one[1] === passage[1]);
    const own = same ? shown : kept ? (draft.spans.get(theme) ?? []) : [];
    const apart = own.filter(([start, end]) => start < end && (end <= passage[0] || passage[1] <= start));
    this.keep(theme, same ? apart : [...apart, passage]);
    return !same;
  }

  /** Take away the passages of a theme that lie under these words, the machine's as the coder's. */
  uncode(theme, [start, end]) {
    const left = this.passages(this.current, theme).filter(([from, to]) => to <= start || end <= from);
    this.keep(theme, left);
  }

  keep(theme, passages) {
    const ordered = [...passages].sort((a, b) => a[0] - b[0]);
    this.change(({ present, spans }) => {
      present.add(theme);
      spans.set(theme, ordered.length ? ordered : [[0, 0]]); // no passage in particular
    });
  }

  // -- what is decided ----------------------------------------------------------------------

  /** The verbatim on the desk holds the themes ticked; those of `also` too, with the same themes. */
  validate(also = []) {
    const draft = this.draft(this.current);
    if (!this.current.read || draft.touched) return this.decide(draft, also);
    this.move(1);
    return null;
  }

  nothing() {
    return this.decide({ present: new Set(), spans: new Map() });
  }

  decide({ present: kept, spans: passages }, also = []) {
    const sheet = this.current;
    const draft = this.draft(sheet);
    const present = this.themes.map((theme) => theme.id).filter((id) => kept.has(id));
    const proposed = [...sheet.suggested, ...sheet.accepted];
    const absent = [...new Set(proposed)].filter((theme) => !kept.has(theme));
    const spans = present.flatMap((id) => (passages.get(id) ?? []).map(([s, e]) => [id, s, e]));
    const before = standing(sheet);
    Object.assign(sheet, { read: true, present, spans });
    for (const id of [sheet.id, ...also]) this.drafts.drop(id);
    this.near.delete(sheet.id);
    const deed = { sheet, draft, before, after: standing(sheet), also, news: Number(!before.read) + also.length };
    if (this.progress) this.progress.read += deed.news;
    this.sheets = this.sheets.filter((one, place) => place <= this.at || !also.includes(one.id));
    this.move(1);
    const entry = this.entry("decide", {
      verbatim: sheet.id, present, absent, spans, also,
      queue: sheet.queue, codebook: this.about.codebook, stamp: sheet.stamp,
    });
    this.deeds.set(entry.uid, deed);
    this.history.undo.push([`undo:${entry.uid}`, sheet.id]);
    this.history.redo = [];
    return entry;
  }

  /** Whether something can be undone, or redone: in the draft on the desk, else what was decided. */
  can(from) {
    const draft = this.ready ? this.draft(this.current) : { undo: [], redo: [] };
    return draft[from].length + this.history[from].length > 0;
  }

  /** Undo or redo a step in the draft on the desk; false when it has none. */
  step(from, to) {
    return this.ready && this.drafts.step(this.draft(this.current), from, to);
  }

  /** Undo or redo the last gesture, `from` and `to` being "undo" and "redo", or the reverse. */
  again(from, to) {
    const next = this.history[from].pop();
    if (!next) return null;
    const [gesture, id] = next;
    this.history[to].push([`undo:${gesture}`, id]);
    this.drafts.drop(id);
    const deed = this.deeds.get(gesture.replaceAll("undo:", ""));
    if (deed) {
      Object.assign(deed.sheet, from === "undo" ? deed.before : deed.after);
      if (this.progress) this.progress.read += from === "undo" ? -deed.news : deed.news;
      if (from === "undo") this.drafts.put(deed.draft);
    } else this.stale.set(id, gesture);
    this.go(id);
    this.made += 1;
    return { uid: gesture, what: "undo", made_at: now() };
  }

  /** A state that the verbatim now has: its memo, its flag, its star. */
  state(what, sheet, values) {
    Object.assign(sheet, { memo: { memo: values.text }, flag: { flagged: values.raised }, pick: { picked: values.picked } }[what]);
    return this.entry(what, { verbatim: sheet.id, ...values });
  }

  entry(what, about) {
    this.made += 1;
    return { uid: uid(), what, made_at: now(), ...about };
  }

  send(entry) {
    if (entry) this.outbox.add(entry);
    this.fetch();
  }

  answered(answer) {
    if (answer?.near) this.near.set(answer.near.id, answer.near);
    if (answer?.progress && !this.outbox.pending) this.progress = answer.progress;
    const deeper = !this.history.undo.length && this.about?.history.undo.length;
    for (const { uid: refused } of answer?.refused ?? []) this.unmake(refused);
    if (answer?.refused.length || (deeper && !this.outbox.pending)) this.look();
    const heard = answer ? [...this.stale].filter(([, gesture]) => !this.outbox.has(gesture)) : [];
    for (const [id] of heard) this.renewed(id);
    if (heard.length) this.look();
    this.changed();
  }

  /** What the server refused was not done: the coder finds it again as they had ticked it. */
  unmake(refused) {
    const deed = this.deeds.get(refused);
    if (!deed) {
      if (refused.startsWith("undo:")) this.history = { undo: [], redo: [] }; // the server tells
      return;
    }
    const { sheet, before, after, news } = deed;
    Object.assign(sheet, before);
    this.drafts.drop(sheet.id);
    this.drafts.change(this.draft(sheet), (draft) => {
      draft.present = new Set(after.present);
      draft.spans = byTheme(after.spans);
    });
    this.history.undo = this.history.undo.filter(([gesture]) => gesture !== `undo:${refused}`);
    if (this.progress) this.progress.read -= news;
  }

  // -- going about ----------------------------------------------------------------------

  move(step) {
    if (this.coming || this.sought) this.coming = this.sought = "";
    else this.at = Math.min(Math.max(this.at + step, 0), this.sheets.length);
  }

  /** Put a verbatim on the desk; one that is not held comes from the server. */
  go(id) {
    this.coming = this.sought = "";
    const place = this.sheets.findIndex((sheet) => sheet.id === id);
    if (place >= 0) this.at = place;
    else this.coming = id;
    if (this.coming && !this.stale.has(id)) this.renewed(id);
  }

  /** The verbatims held that were passed over. */
  get passed() {
    return this.sheets.filter((sheet) => !sheet.read);
  }
}

function standing({ read, present, spans }) {
  return { read, present: [...present], spans: [...spans] };
}

/** The server's history, and then what it has not heard yet. */
function continued(history, entries) {
  const told = { undo: [...history.undo], redo: [...history.redo] };
  const base = (gesture) => gesture.replaceAll("undo:", "");
  for (const { uid: gesture, what, verbatim } of entries) {
    const known = [...told.undo, ...told.redo].some(([one]) => base(one) === gesture);
    if (what === "decide" && !known) {
      told.undo.push([`undo:${gesture}`, verbatim]);
      told.redo = [];
    } else if (what === "undo") swapped(told, gesture);
  }
  return told;
}

function swapped(told, gesture) {
  for (const [from, to] of [[told.undo, told.redo], [told.redo, told.undo]]) {
    const place = from.findIndex(([one]) => one === gesture);
    if (place < 0) continue;
    const [[, verbatim]] = from.splice(place, 1);
    to.push([`undo:${gesture}`, verbatim]);
    return;
  }
}

function now() {
  return new Date().toISOString();
}
