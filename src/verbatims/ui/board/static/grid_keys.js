// Keys pressed in the grid → what it does.

const TYPED_IN = "input:not([type=checkbox]), select, textarea";

export function keydown(grid, event) {
  const typing = event.target.matches(TYPED_IN);
  if (event.key === "Escape") return escape(grid, event);
  if (typing || event.isComposing) return undefined;
  if ((event.ctrlKey || event.metaKey) && !event.altKey) return command(grid, event);
  if (!event.target.closest("tbody tr") || event.target.closest("button")) return undefined;
  const does = moves(grid, event)[event.key];
  if (!does) return undefined;
  event.preventDefault();
  return does();
}

function moves(grid, { shiftKey }) {
  const move = (place) => {
    const to = Math.max(0, Math.min(place, grid.rows.length - 1));
    if (shiftKey) grid.extend(to);
    grid.focusRow(to);
    if (!shiftKey) grid.anchor = to;
  };
  return {
    ArrowDown: () => move(grid.active + 1),
    ArrowUp: () => move(grid.active - 1),
    Home: () => move(0),
    End: () => move(grid.rows.length - 1),
    PageDown: () => (grid.asked.page < grid.pages ? grid.turn(grid.asked.page + 1, true) : 0),
    PageUp: () => (grid.asked.page > 1 ? grid.turn(grid.asked.page - 1, true) : 0),
    ArrowRight: () => grid.unfold(grid.active, true),
    ArrowLeft: () => grid.unfold(grid.active, false),
    " ": () => (shiftKey ? grid.extend(grid.active) : grid.toggle(grid.active)),
    Enter: () => grid.open(grid.active),
  };
}

function command(grid, event) {
  const inTable = event.target.closest("tbody");
  if (event.key === "a" && inTable) {
    event.preventDefault();
    grid.choose([...grid.rows.keys()], true);
  } else if (event.key === "z" && !event.shiftKey) {
    event.preventDefault();
    grid.undo();
  }
}

function escape(grid, event) {
  if (!grid.frame.querySelector(".drop").hidden) {
    grid.drop(false);
    grid.frame.querySelector("[data-chooser]").focus();
  } else if (event.target.closest("tbody")) grid.unchoose();
  else grid.focusRow();
}
