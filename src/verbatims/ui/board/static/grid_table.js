// The rows of a page → a table: HTML strings, made safe, and nothing else.

import { escape, found } from "./grid_words.js";

const CHIPS = 6; // themes that a row shows at most, unless it is unfolded

const ARROWS = { ascending: "▲", descending: "▼", none: "" };

export function head(grid) {
  const cells = grid.columns.map((column) => heading(grid, column)).join("");
  const label = escape(grid.say("choose_page"));
  return `<tr><th scope="col" class="pick"><label><input type="checkbox" data-page
    aria-label="${label}" title="${label}"></label></th>${cells}</tr>`;
}

function heading(grid, { id, label, kind }) {
  const [column, way] = grid.asked.sort;
  const sorted = column !== id ? "none" : way === "asc" ? "ascending" : "descending";
  return `<th scope="col" class="${kind}" aria-sort="${sorted}"><button data-sort="${escape(id)}"
    title="${escape(label)}"><span>${escape(label)}</span><i aria-hidden="true">${ARROWS[sorted]}</i></button></th>`;
}

export const body = (grid) => grid.rows.map((row, place) => line(grid, row, place)).join("");

function line(grid, row, place) {
  const chosen = grid.isChosen(row.id);
  const cells = grid.columns.map((column) => cell(grid, row, column)).join("");
  const label = escape(grid.say("choose_row", { who: row.respondent }));
  return `<tr data-row="${place}" tabindex="${place === grid.active ? 0 : -1}"
    aria-selected="${chosen}"><td class="pick"><label><input type="checkbox" tabindex="-1"
    aria-label="${label}"${chosen ? " checked" : ""}></label></td>${cells}</tr>`;
}

const CELLS = { respondent, question, text, themes, read, marks, closed };

const cell = (grid, row, column) => CELLS[column.kind](grid, row, column);

function respondent(grid, row) {
  const label = escape(grid.say("open_row", { who: row.respondent }));
  return `<th scope="row" class="respondent"><button data-open tabindex="-1" title="${label}"
    aria-label="${label}">${escape(row.respondent)}</button></th>`;
}

function question(grid, row) {
  const label = grid.question(row.question);
  return `<td class="question"><div class="short" title="${escape(label)}">${escape(label)}</div></td>`;
}

function text(grid, row) {
  const open = grid.unfolded.has(row.id);
  const memo = row.memo
    ? `<p class="memo"><b>${escape(grid.say("memo"))}</b> ${escape(row.memo)}</p>`
    : "";
  const label = escape(grid.say(open ? "fold" : "unfold"));
  return `<td class="text"><div class="clamp${open ? " whole" : ""}" lang="fr">${found(
    row.text,
    grid.asked.filters.search,
  )}</div>${open ? memo : ""}<button class="more" data-more tabindex="-1" aria-expanded="${open}"${
    open ? "" : " hidden"
  }>${label}</button></td>`;
}

// A row that is not unfolded stays low: what is left out is counted, and named when pointed at.
function themes(grid, row) {
  const whole = grid.unfolded.has(row.id) || row.themes.length <= CHIPS;
  const shown = whole ? row.themes : row.themes.slice(0, CHIPS - 1);
  const left = row.themes.slice(shown.length);
  const said = left.map(({ theme }) => grid.theme(theme).label).join(", ");
  const more = grid.say("more_themes", { n: left.length });
  const others = left.length
    ? `<li class="left" title="${escape(said)}"><span aria-hidden="true">${escape(more)}</span><span
      class="unseen">${escape(grid.say("more_named", { n: left.length, themes: said }))}</span></li>`
    : "";
  const chips = shown.map((one) => chip(grid, one)).join("") + others;
  const none = row.themes.length ? "" : `<span class="none">${escape(nothing(grid, row))}</span>`;
  return `<td class="themes">${chips ? `<ul class="chips">${chips}</ul>` : none}</td>`;
}

function nothing(grid, row) {
  if (row.readers.length) return grid.say("holds_nothing");
  return row.closed_to === "machine" ? grid.say("closed_to_machine") : "";
}

function chip(grid, { theme, state, by }) {
  const { label, sign, number, colour } = grid.theme(theme);
  const said = grid.say(`chip_${state}`, { label, by: by.join(", ") });
  const own = colour ? ` style="--c:${escape(colour)}"` : "";
  return `<li class="chip ${state} t${((number - 1) % 12) + 1}"${own} title="${escape(said)}"><b
    aria-hidden="true">${escape(sign)}</b><span aria-hidden="true">${escape(label)}</span><span
    class="unseen">${escape(said)}</span></li>`;
}

function read(grid, row) {
  const names = row.readers.map((name) => (name === grid.about.coder ? grid.say("me") : name));
  const closed = row.closed_to ? `<small>${escape(grid.say("closed"))}</small>` : "";
  const said = names.length
    ? `<span class="is-read">${escape(grid.say("read_by", { who: names.join(", ") }))}</span>`
    : `<span class="none">${escape(grid.say("unread"))}</span>`;
  return `<td class="read">${said}${closed}</td>`;
}

const SIGNS = [
  ["flagged", "⚑"],
  ["picked", "★"],
  ["memo", "✎"],
];

function marks(grid, row) {
  const shown = SIGNS.filter(([name]) => row[name]).map(([name, sign]) => {
    const said = name === "memo" ? `${grid.say("memo")} ${row.memo}` : grid.say(name);
    return `<span class="mark ${name}" title="${escape(said)}"><i aria-hidden="true">${sign}</i><span
      class="unseen">${escape(said)}</span></span>`;
  });
  return `<td class="marks">${shown.join("")}</td>`;
}

function closed(grid, row, { id, figure }) {
  const said = row.closed[id] ?? "";
  const own = figure ? " figure" : "";
  return said
    ? `<td class="closed${own}"><div class="short" title="${escape(said)}">${escape(said)}</div></td>`
    : `<td class="closed none">–</td>`;
}
