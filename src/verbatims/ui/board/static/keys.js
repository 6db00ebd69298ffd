// A key pressed → what it asks for.

import { remember, remembered } from "./dom.js";

const SINGLE = "verbatims:single"; // "0" when keys pressed alone are not heard all over the page
const PLAIN = { Enter: "validate", ArrowRight: "skip", ArrowLeft: "back", Escape: "leave" };
const SHIFTED = { M: "memo", C: "star", D: "flag", S: "passage", G: "sheet" };

/** These fields are typed in; the rest of the page hears keys. */
const TYPED_IN = "input, textarea, select, [contenteditable], [role=combobox], [role=textbox]";
/** These answer to Enter, Space and arrows by themselves. */
const ANSWERS = "a, button, summary, mark, input, [role=radio], [role=tab], [role=option], [role=menuitem]";

export function isTypedIn(target) {
  return Boolean(target.matches?.(TYPED_IN));
}

export function answers(target) {
  return Boolean(target.matches?.(ANSWERS));
}

/** What a key asks for as [action, argument], null when it is not ours. */
export function asked(event) {
  if (event.ctrlKey || event.metaKey) return ofControl(event);
  if (event.altKey || event.isComposing) return null;
  if (event.key === "?") return ["help"];
  if (event.key === "/") return ["search"];
  const digit = digitOf(event);
  if (digit) return digit === "0" ? ["nothing"] : ["theme", digit];
  if (event.shiftKey) return shifted(event);
  if (PLAIN[event.key]) return native(event) ? null : [PLAIN[event.key]];
  return /^[a-z]$/i.test(event.key) ? ["theme", event.key.toLowerCase()] : null;
}

/** Whether a key takes its place after those that wait; Enter on a button is the button's. */
export function follows(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return Boolean(asked(event));
  if (["Enter", " "].includes(event.key) && answers(event.composedPath()[0])) return false;
  return /^(.|Enter|Escape|Arrow(Up|Down|Left|Right))$/u.test(event.key);
}

/** Write in a field what a key that waited would have written there. */
export function typed(field, key) {
  const text = key === "Enter" ? "\n" : key;
  if ([...text].length !== 1 || !field.setRangeText) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
}

/** The digit row works unshifted on French keyboards too, where it types « & é " ». */
function digitOf(event) {
  const row = /^Digit(\d)$/.exec(event.code);
  if (row) return row[1];
  return /^Numpad\d$/.test(event.code) && /^\d$/.test(event.key) ? event.key : "";
}

function shifted(event) {
  const action = SHIFTED[event.key.toUpperCase()];
  return action ? [action] : null;
}

function ofControl(event) {
  if (event.altKey) return null; // AltGr
  const key = event.key.toLowerCase();
  if (key === "y" || (key === "z" && event.shiftKey)) return ["redo"];
  return key === "z" ? ["undo"] : null;
}

/** Enter on a link or a button that has the focus is for it; elsewhere it validates. */
function native(event) {
  return event.key === "Enter" && answers(event.composedPath()[0]);
}

/** Whether keys pressed alone are heard all over the page, as the coder chose. */
export const single = {
  get: () => remembered(SINGLE) !== "0",
  set: (heard) => remember(SINGLE, heard ? "1" : "0"),
};
