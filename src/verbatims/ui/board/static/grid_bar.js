// What stands above the table: filters, the columns to show, what is chosen and what to do with it.

import { escape } from "./grid_words.js";

const option = (value, label, chosen) =>
  `<option value="${escape(value)}"${value === chosen ? " selected" : ""}>${escape(label)}</option>`;

const select = (name, label, options) =>
  `<label class="field"><span>${escape(label)}</span><select data-filter="${name}" aria-label="${escape(label)}">${options}</select></label>`;

export function filters(grid) {
  const { say, about, asked } = grid;
  const { filters: own } = asked;
  const questions = [option("", say("all_questions"), own.question)];
  for (const { id, label } of about.questions) questions.push(option(id, label, own.question));
  const themes = [option("", say("all_themes"), own.theme)];
  for (const { id, label, sign } of about.themes)
    themes.push(option(id, `${sign} · ${label}`, own.theme));
  const states = about.states.map(([id, label]) => option(id, label, own.state));
  const marks = about.marks.map(([id, label]) => option(id, label, own.mark));
  return [
    about.questions.length > 1 ? select("question", say("question"), questions.join("")) : "",
    select("theme", say("theme_filter"), themes.join("")),
    about.profile.length ? select("profile", say("profile"), profiles(grid)) : "",
    select("state", say("state"), states.join("")),
    select("mark", say("mark"), marks.join("")),
    `<label class="field search"><span>${escape(say("search"))}</span><input type="search"
      data-filter="search" aria-label="${escape(say("search"))}" value="${escape(own.search)}" placeholder="${escape(say("search_hint"))}"></label>`,
    chooser(grid),
  ].join("");
}

function profiles({ say, about, asked }) {
  const chosen = JSON.stringify(asked.filters.profile);
  const groups = about.profile.map(([id, title, labels]) => {
    const own = labels.map((label) => option(JSON.stringify([id, label]), label, chosen));
    return `<optgroup label="${escape(title)}">${own.join("")}</optgroup>`;
  });
  return option('["",""]', say("all_profiles"), chosen) + groups.join("");
}

function chooser({ say, about, shown }) {
  const box = ({ id, label }) =>
    `<label><input type="checkbox" data-column="${escape(id)}"${
      shown.includes(id) ? " checked" : ""
    }> ${escape(label)}</label>`;
  const [answers, own] = [about.columns.filter((c) => c.kind === "closed"), about.columns];
  const fixed = own.filter((c) => c.kind !== "closed" && !c.always);
  const closed = answers.length
    ? `<fieldset><legend>${escape(say("closed_columns"))}</legend>${answers.map(box).join("")}</fieldset>`
    : "";
  return `<div class="chooser"><button data-chooser aria-expanded="false" aria-haspopup="true">${escape(
    say("columns"),
  )}</button><div class="drop" hidden><fieldset><legend>${escape(say("own_columns"))}</legend>${fixed
    .map(box)
    .join("")}</fieldset>${closed}</div></div>`;
}

const button = (act, label, off, more = "") =>
  `<button data-act="${act}"${off ? " disabled" : ""}${more}>${escape(label)}</button>`;

export function actions(grid) {
  const { say } = grid;
  const n = grid.chosenCount();
  const may = grid.about.may_code;
  const off = !n;
  const count = n ? say("chosen", { n }) : say("chosen_none");
  const all =
    !grid.all && grid.total > n && grid.total > grid.rows.length
      ? button("all", say(grid.filtered() ? "choose_passing" : "choose_all", { n: grid.total }))
      : "";
  const doing = may
    ? [
        button("add", say("add"), off),
        button("remove", say("remove"), off),
        button("validate", say("validate"), off),
        button("nothing", say("nothing"), off),
      ].join("")
    : "";
  return `<span class="count" data-count>${escape(count)}${escape(elsewhere(grid))}</span>
    ${all}${n ? button("none", say("unchoose")) : ""}<span class="doing" role="group"
    aria-label="${escape(say("doing"))}">${doing}</span>`;
}

function elsewhere(grid) {
  const n = grid.all ? 0 : grid.chosenElsewhere();
  return n ? ` ${grid.say("elsewhere", { n })}` : "";
}

export function pager(grid) {
  const { say, asked, total, pages } = grid;
  const sizes = grid.about.sizes.map((n) => option(String(n), String(n), String(asked.size)));
  const first = total ? (asked.page - 1) * asked.size + 1 : 0;
  const last = Math.min(asked.page * asked.size, total);
  return `<span class="total" role="status">${escape(say("range", { first, last, n: total }))}</span>
    ${grid.filtered() ? button("clear", say("clear_filters")) : ""}<span class="gap"></span>
    <label class="small">${escape(say("by_page"))} <select data-size aria-label="${escape(say("by_page"))}">${sizes.join("")}</select></label>
    <button data-act="previous"${asked.page > 1 ? "" : " disabled"} aria-label="${escape(
      say("previous"),
    )}">‹</button><label class="small">${escape(say("page"))} <input data-page-number aria-label="${escape(say("page"))}" inputmode="numeric"
    value="${asked.page}" size="${String(pages).length + 1}"></label><span class="small">${escape(
      say("of_pages", { n: pages }),
    )}</span><button data-act="next"${asked.page < pages ? "" : " disabled"} aria-label="${escape(
      say("next"),
    )}">›</button>`;
}
