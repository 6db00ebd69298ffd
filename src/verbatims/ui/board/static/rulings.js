// The keys of « Désaccords »: each presses the button that stands for it, one at a time, once the
// answer that it bears on is drawn. Streamlit's own shortcuts act at once: pressed while the next
// answer is on its way, they would rule on the one that leaves.

import { el } from "./dom.js";
import { asked, isTypedIn, single } from "./keys.js";

const PRESSED = { back: "back", skip: "forward", undo: "undo" };
const UNDO = "z";

export default function mount({ data, parentElement: root }) {
  if (!root.rulings) root.rulings = new Rulings(root);
  root.rulings.drawn(data);
  return () => root.rulings?.leave();
}

class Rulings {
  constructor(root) {
    this.root = root;
    this.held = [];
    this.off = new AbortController();
    const { signal } = this.off;
    window.addEventListener("keydown", (event) => this.keydown(event), { signal, capture: true });
    document.addEventListener("click", (event) => this.click(event), { signal, capture: true });
    this.root.append(el("span", { "data-hears": "", hidden: true }));
  }

  /** What the last click asked for has come. */
  drawn({ view }) {
    this.waiting = false;
    if (view !== this.view) offTheView();
    this.view = view;
  }

  keydown(event) {
    const target = event.composedPath()[0];
    if (isTypedIn(target) || event.altKey) return;
    const name = named(event, target);
    if (!name) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // Streamlit has letters of its own
    if (event.repeat && !["back", "forward"].includes(name)) return;
    this.held.push(name);
    if (this.held.length === 1) this.press();
  }

  /** One button a drawing: what is pressed meanwhile waits for its turn. */
  press() {
    if (this.off.signal.aborted || !this.held.length) return;
    if (!this.waiting && !running()) button(this.held.shift())?.click();
    requestAnimationFrame(() => this.press());
  }

  /** A click of the mouse too draws the page again. */
  click(event) {
    if (event.target.closest?.("[class*=st-key-disagreement-press-] button")) this.waiting = true;
  }

  leave() {
    this.off.abort();
    this.root.replaceChildren();
    this.root.rulings = null;
  }
}

/** The button that a key presses, "" when it is not ours. */
function named(event, target) {
  const [action, argument] = asked(event) ?? [];
  const alone = !event.ctrlKey && !event.metaKey;
  if (alone && action?.match(/^(theme|nothing)$/) && !single.get()) return "";
  if (action === "theme") return argument === UNDO ? "undo" : /^\d$/.test(argument) ? argument : "";
  const widget = target.matches?.("[role=radio], [role=tab], [role=option], [role=menuitem]");
  return widget ? "" : (PRESSED[action] ?? "");
}

function button(name) {
  return document.querySelector(`.st-key-disagreement-press-${name} button:not(:disabled)`);
}

/** Whether Streamlit is drawing the page, whoever asked for it. */
function running() {
  return Boolean(document.querySelector("[data-testid=stApp][data-test-script-state=running]"));
}

/** Whoever just chose a view is still on its button, which keeps the arrows to itself. */
function offTheView() {
  if (document.activeElement?.closest("[role=radiogroup]")) document.activeElement.blur();
}
