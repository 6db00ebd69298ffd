// What the coder did and the server has not yet confirmed. Each entry has its own place in the
// browser's storage, so that two tabs never overwrite each other; it leaves it once confirmed.

import { forget } from "./dom.js";

const MOST = 200; // entries of a request
const KEEPALIVE = 60_000; // bytes that a request outliving its page may carry, with some slack
const SOONEST = 300; // ms before a request that failed is sent again; then twice as long…
const LATEST = 4_000; // …and never longer
const QUICK = 400; // ms within which a decision reaches the study, most often: not worth a word

let made = 0;

export class Outbox {
  /**
   * `place` names the study and the coder; `post` sends; `asked` is what the same request may ask
   * for; `changed` is told of every change, and of what was answered.
   */
  constructor(place, post, asked, changed) {
    this.prefix = `verbatims:out:${place}:`;
    this.refusals = `verbatims:refused:${place}:`;
    this.post = post;
    this.asked = asked;
    this.changed = changed;
    this.entries = stored(this.prefix); // [[place in the storage, entry]…], the oldest first
    this.refused = stored(this.refusals);
    this.trouble = ""; // why nothing gets through: "", "server", "expired", or what the server says
    this.kept = true; // whether the browser stores what waits
    this.failures = 0;
  }

  get pending() {
    return this.entries.length;
  }

  /** Whether all that waits was sent just now. */
  get isQuick() {
    return this.pending > 0 && !this.failures && performance.now() - this.since < QUICK;
  }

  has(uid) {
    return this.entries.some(([, entry]) => entry.uid === uid);
  }

  add(entry) {
    const place = this.prefix + String(Date.now()).padStart(14, "0") + "." + order() + "." + entry.uid;
    if (!this.pending) this.since = performance.now();
    this.entries.push([place, entry]);
    this.store(place, entry);
    this.flush();
  }

  /** Send everything, in its order, until the server has confirmed it. */
  async flush() {
    if (this.sending || !this.pending) return;
    clearTimeout(this.timer);
    this.sending = true;
    setTimeout(() => this.pending && this.changed(), QUICK); // what takes longer is said
    try {
      while (this.pending) await this.send(this.entries.slice(0, MOST).map(([, entry]) => entry));
    } catch (fault) {
      this.failed(fault);
    }
    this.sending = false;
    this.changed();
  }

  /** On leaving the page: what fits in a request that outlives it; the rest stays stored. */
  leave() {
    const leaving = [];
    let size = 0;
    for (const [, entry] of this.entries) {
      size += new Blob([JSON.stringify(entry)]).size + 1;
      if (size > KEEPALIVE) break;
      leaving.push(entry);
    }
    if (leaving.length) this.send(leaving, { keepalive: true }).catch(() => {});
  }

  dismiss(uid) {
    this.refused = this.refused.filter(([place, { entry }]) => {
      if (entry.uid === uid) forget(place);
      return entry.uid !== uid;
    });
    this.changed();
  }

  async send(entries, options = {}) {
    const answer = await this.post("decisions", { entries, ...this.asked() }, options);
    this.failures = 0;
    this.trouble = "";
    for (const { uid, says } of answer.refused) this.refuse(uid, says);
    this.drop(new Set([...answer.acked, ...answer.refused.map(({ uid }) => uid)]));
    this.changed(answer);
  }

  refuse(uid, says) {
    const found = this.entries.find(([, entry]) => entry.uid === uid);
    if (!found) return;
    const refusal = [this.refusals + uid, { entry: found[1], says }];
    this.refused.push(refusal);
    this.store(...refusal);
  }

  drop(uids) {
    this.entries = this.entries.filter(([place, entry]) => {
      if (uids.has(entry.uid)) forget(place);
      return !uids.has(entry.uid);
    });
  }

  failed(fault) {
    this.failures += 1;
    this.trouble = fault.expired ? "expired" : fault.says || "server";
    const wait = Math.min(LATEST, SOONEST * 2 ** (this.failures - 1));
    this.timer = setTimeout(() => this.flush(), wait);
  }

  store(place, value) {
    try {
      localStorage.setItem(place, JSON.stringify(value));
    } catch {
      this.kept = false; // full or forbidden: it is still held in memory and sent
    }
  }
}

/** How many entries of other coders of this study wait in this browser, by coder. */
export function others(study, coder) {
  const counts = new Map();
  for (const place of places(`verbatims:out:${study}:`)) {
    const name = decodeURIComponent(place.split(":")[3]);
    if (name !== coder) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/** Random, and possible where `crypto.randomUUID` is not: on a plain http address. */
export function uid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function order() {
  made += 1;
  return String(made).padStart(6, "0");
}

function stored(prefix) {
  const found = [];
  for (const place of places(prefix)) {
    try {
      found.push([place, JSON.parse(localStorage.getItem(place))]);
    } catch {
      forget(place);
    }
  }
  return found;
}

function places(prefix) {
  try {
    return Object.keys(localStorage).filter((place) => place.startsWith(prefix)).sort();
  } catch {
    return [];
  }
}

