// What opens over the board and gives the focus back: the keys, a theme's sheet, the answers that
// are alike, the passages under some words, what the server refused.

import { el } from "./dom.js";
import { colour, pathOf, percent, sign } from "./themes.js";

/** Open a dialog with these children; `closed` is told when it goes. */
function opened(root, say, { title, children, keys = () => false, closed = () => {}, wide = false }) {
  const close = el("button", { class: "plain close", type: "button", text: say("close"), on: { click: () => box.close() } });
  const head = el("header", {}, el("h2", { text: title, id: "dialog-title" }), close);
  const box = el("dialog", { class: wide ? "wide" : "", "aria-labelledby": "dialog-title" }, head, ...children);
  box.addEventListener("close", () => {
    box.remove();
    closed();
  });
  box.addEventListener("click", (event) => event.target === box && box.close()); // beside it
  box.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (keys(event)) event.preventDefault();
  });
  root.append(box);
  box.showModal();
  return box;
}

export function help(root, say, { single, closed }) {
  const lines = keyRows(say).flatMap(([keys, what]) => [
    el("dt", {}, ...keys.map((key) => el("kbd", { text: key }))),
    el("dd", { text: what }),
  ]);
  const choice = el("input", { type: "checkbox", on: { change: () => single.set(choice.checked) } });
  choice.checked = single.get();
  return opened(root, say, {
    title: say("keys"),
    closed,
    wide: true,
    keys: (event) => event.key === "?" && (root.querySelector("dialog").close(), true),
    children: [
      el("dl", { class: "keys" }, ...lines),
      el("p", { class: "quiet", text: say("passages_help") }),
      el("label", { class: "choice" }, choice, say("single_keys")),
    ],
  });
}

/** The sheet of a theme; its key shows another, arrows the next; Space retains it or not. */
export function sheetOf(root, say, board, first, { toggle, closed }) {
  const themes = board.themes;
  let place = Math.max(themes.findIndex((theme) => theme.id === first), 0);
  const body = el("div", { class: "sheet", "aria-live": "polite" });
  const draw = () => body.replaceChildren(...about(say, themes, themes[place], board, () => act(toggle)));
  const act = (deed) => {
    deed(themes[place].id);
    draw();
  };
  const keys = (event) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const typed = /^Digit\d$/.test(event.code) ? event.code.at(-1) : event.key.toLowerCase();
    const asked = themes.findIndex((theme) => theme.key === typed || theme.letter === typed);
    if (step) place = (place + step + themes.length) % themes.length;
    else if (asked >= 0 && !event.ctrlKey && !event.altKey) place = asked;
    else return false;
    draw();
    return true;
  };
  draw();
  return opened(root, say, { title: say("theme_sheet"), children: [body], keys, closed });
}

function about(say, themes, theme, board, toggle) {
  const lists = [
    ["definition", theme.definition ? [theme.definition] : []],
    ["include", theme.include],
    ["exclude", theme.exclude],
    ["examples", theme.examples.map((example) => say("quoted", { text: example }))],
  ];
  const told = lists.flatMap(([name, lines]) =>
    lines.length ? [el("dt", { text: say(name) }), el("dd", {}, ...lines.map((line) => el("p", { text: line })))] : [],
  );
  const path = pathOf(themes, theme);
  const label = say(board.isKept(theme.id) ? "drop" : "retain");
  return [
    path.length ? el("p", { class: "quiet", text: path.join(" › ") }) : null,
    el("h3", { class: colour(theme) }, el("kbd", { text: sign(theme) }), theme.label),
    told.length ? el("dl", {}, ...told) : el("p", { class: "quiet", text: say("undefined") }),
    el("p", {}, board.ready ? el("button", { type: "button", text: label, on: { click: toggle } }) : null),
    el("p", { class: "quiet", text: say("sheet_keys") }),
  ].filter(Boolean);
}

/** The answers alike, all chosen at first; `chosen` is told which stay. */
export function alikes(root, say, sheet, unticked, { chosen, closed }) {
  const left = new Set(unticked);
  const boxes = sheet.alike.map(({ id, text }) => {
    const box = el("input", { type: "checkbox" });
    box.checked = !left.has(id);
    box.addEventListener("change", () => {
      if (box.checked) left.delete(id);
      else left.add(id);
      chosen(left);
    });
    return el("label", { class: "choice" }, box, el("span", { text }));
  });
  const set = (checked) => {
    for (const box of boxes.map((label) => label.firstChild)) {
      box.checked = checked;
      box.dispatchEvent(new Event("change"));
    }
  };
  return opened(root, say, {
    title: say("alike_title", { n: sheet.alike.length }),
    closed,
    children: [
      el("p", { class: "quiet", text: say("alike_help") }),
      el("p", { class: "row" },
        el("button", { type: "button", text: say("tick_all"), on: { click: () => set(true) } }),
        el("button", { type: "button", text: say("untick_all"), on: { click: () => set(false) } })),
      el("div", { class: "choices" }, ...boxes),
    ],
  });
}

/** What lies under some words of the text: for each theme, why, and what can be done with it. */
export function passages(root, say, spans, { remove, adjust, closed }) {
  const done = (deed) => () => {
    root.querySelector("dialog").close();
    deed();
  };
  const parts = spans.map((span) =>
    el("section", { class: colour(span.about) },
      el("h3", {}, el("kbd", { text: span.sign }), span.about.label,
        span.p === undefined ? null : el("small", { text: percent(say, span.p) })),
      ...span.says.map((line) => el("p", { class: "quiet", text: line })),
      span.kept
        ? el("p", { class: "row" },
            el("button", { type: "button", text: say("adjust"), on: { click: done(() => adjust(span)) } }),
            el("button", { type: "button", text: say("remove"), on: { click: done(() => remove(span)) } }))
        : null),
  );
  return opened(root, say, { title: say("passage"), children: parts, closed });
}

/** What the server refused, with its advice, and the way back to each verbatim. */
export function refusals(root, say, outbox, { go, closed }) {
  const draw = () =>
    outbox.refused.map(([, { entry, says }]) =>
      el("section", {},
        el("p", { text: says }),
        el("p", { class: "row" },
          entry.verbatim
            ? el("button", { type: "button", text: say("see_verbatim"), on: { click: () => { box.close(); go(entry.verbatim); } } })
            : null,
          el("button", { type: "button", text: say("understood"), on: { click: () => { outbox.dismiss(entry.uid); again(); } } }))),
    );
  const again = () => (outbox.refused.length ? list.replaceChildren(...draw()) : box.close());
  const list = el("div", { class: "refusals" }, ...draw());
  const box = opened(root, say, { title: say("refused_title", { n: outbox.refused.length }), children: [list], closed });
  return box;
}

function keyRows(say) {
  const shift = say("shift");
  const rows = [
    [[say("enter")], "validate"], [["0"], "nothing"], [["1", "…", "9", "a", "…", "z"], "toggle"], [["/"], "search"],
    [["→"], "skip"], [["←"], "back"], [["Ctrl+Z"], "undo"], [[`Ctrl+${shift}+Z`, "Ctrl+Y"], "redo"],
    [[`${shift}+M`], "memo"], [[`${shift}+C`], "star"], [[`${shift}+D`], "flag"], [[`${shift}+S`], "passage"], [[`${shift}+G`], "sheet"],
    [["?"], "help"], [[say("escape")], "leave"],
  ];
  return rows.map(([keys, name]) => [keys, say(`key_${name}`)]);
}
