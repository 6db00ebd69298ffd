// A verbatim and its evidence → what is painted; what is selected → a passage.
// Passages count Unicode code points, as the server does; JavaScript strings count UTF-16 units.

import { el } from "./dom.js";

/** Where each code point of a text begins in its string; the last is the string's length. */
export function offsets(text) {
  const found = [];
  let place = 0;
  for (const point of text) {
    found.push(place);
    place += point.length;
  }
  found.push(place);
  return found;
}

/** The code point at or before a place in the string. */
export function pointAt(starts, place) {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The words of a text, and its pictures, as passages: what the keyboard steps through. */
export function words(text) {
  const starts = offsets(text);
  return [...text.matchAll(/[\p{L}\p{M}\p{N}]+|\p{Extended_Pictographic}/gu)].map((found) => [
    pointAt(starts, found.index),
    pointAt(starts, found.index + found[0].length),
  ]);
}

export function quoted(text, [start, end]) {
  return [...text].slice(start, end).join("");
}

/** A passage without the blanks at its ends; null when nothing is left. */
export function trimmed(text, [start, end]) {
  const points = [...text];
  while (start < end && /\s/.test(points[start])) start += 1;
  while (end > start && /\s/.test(points[end - 1])) end -= 1;
  return start < end ? [start, end] : null;
}

/** The passage selected with the mouse in the element that shows a text; null when there is none. */
export function selected(root, shown, text) {
  const range = rangeOf(root);
  if (!range || !shown.contains(range.startContainer) || !shown.contains(range.endContainer))
    return null;
  const starts = offsets(text);
  const place = (node, offset) => {
    const before = document.createRange();
    before.setStart(shown, 0);
    before.setEnd(node, offset);
    return pointAt(starts, before.toString().length);
  };
  return trimmed(text, [
    place(range.startContainer, range.startOffset),
    place(range.endContainer, range.endOffset),
  ]);
}

/** A selection inside a shadow tree: browsers differ in how they tell it. */
function rangeOf(root) {
  const selection = root.getSelection?.() ?? document.getSelection();
  if (!selection || selection.rangeCount === 0) return null;
  const [composed] = selection.getComposedRanges?.({ shadowRoots: [root] }) ?? [];
  const range = composed ?? selection.getRangeAt(0);
  return range.collapsed ? null : range;
}

/** Evidence inside the text, that of a theme in one piece where it touches, reasons kept. */
export function merged(evidence, length) {
  const found = [];
  const ordered = [...evidence].sort((a, b) => a.order - b.order || a.start - b.start);
  for (const { start: from, end: to, says, ...one } of ordered) {
    const [start, end] = [Math.max(from, 0), Math.min(to, length)];
    if (start >= end) continue;
    const last = found.at(-1);
    if (last && last.theme === one.theme && start <= last.end) {
      last.end = Math.max(last.end, end);
      if (!last.says.includes(says)) last.says.push(says);
    } else found.push({ ...one, start, end, says: [says] });
  }
  return found;
}

/** The nodes of a text: evidence tinted, underlined and signed, the passage selected set apart. */
export function pieces(text, evidence, { ideas = [], passage = null } = {}) {
  const points = [...text];
  const spans = merged(evidence, points.length);
  const told = ideas.length > 1 ? ideas.filter((idea) => spans.some((s) => s.kept && meets(idea, s))) : [];
  const edges = new Set([0, points.length]);
  for (const { start, end } of spans) edges.add(start).add(end);
  for (const [start, end] of passage ? [...told, passage] : told) edges.add(start).add(end);
  const cuts = [...edges].filter((cut) => cut <= points.length).sort((a, b) => a - b);
  return cuts.slice(1).map((end, place) => {
    const start = cuts[place];
    const within = ([from, to]) => from <= start && end <= to;
    const over = spans.filter((span) => within([span.start, span.end]));
    const words = points.slice(start, end).join("");
    const classes = [told.some(within) && "idea", passage && within(passage) && "picked"];
    return piece(words, over, end, classes.filter(Boolean).join(" "));
  });
}

function meets([start, end], span) {
  return span.start < end && start < span.end;
}

/** The last word holds its sign, which no line end cuts from it; a very long one may be cut. */
function signed(words, sign) {
  if (!sign) return [words];
  const [last] = /\S{0,30}$/u.exec(words);
  return [words.slice(0, words.length - last.length), el("span", { class: "signed", data: { sign }, text: last })];
}

function piece(words, spans, end, classes) {
  if (!spans.length) return classes ? el("span", { class: classes, text: words }) : new Text(words);
  const kept = spans.filter((span) => span.kept);
  const shown = kept.length ? kept : spans;
  const sign = spans.filter((span) => span.end === end).map((span) => span.sign).join(" ");
  const mark = el("mark", {
    class: `${shown[0].colour} ${kept.length ? "" : "off"} ${classes}`.trim(),
    tabindex: "0",
    role: "button",
  }, ...signed(words, sign));
  if (shown[1]) mark.classList.add("two", `second-${shown[1].colour}`);
  mark.spans = spans;
  return mark;
}

/** A passage moved over the units of a text, or its end alone. */
export function moved(units, [start, end], step, extend) {
  const first = units.findIndex(([, to]) => to > start);
  const last = units.findLastIndex(([from]) => from < end);
  const within = (place) => Math.min(Math.max(place, 0), units.length - 1);
  if (extend) return [units[first][0], units[within(Math.max(last + step, first))][1]];
  return units[within((step > 0 ? last : first) + (first > last ? 0 : step))];
}
