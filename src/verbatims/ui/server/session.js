// Has the browser keep who this session is, in a cookie that only the server can write and read;
// or forget it. Says so when a tab that was one coder's comes back as another's.
const AGAIN = 2000; // ms before asking once more a server that does not answer

async function ask(what, wanted) {
  if (window.verbatimsSession !== wanted) return; // something else was asked since
  const { base, token, study } = JSON.parse(wanted);
  const path = [base, "verbatims", what].filter(Boolean).join("/");
  const headers = { "Content-Type": "application/json", "X-Verbatims": token };
  const answer = await fetch(`/${path}`, { method: "POST", headers, body: JSON.stringify({ study }), keepalive: true })
    .catch(() => ({ status: 503 }));
  if (answer.status === 503) setTimeout(() => ask(what, wanted), AGAIN);
}

function tell(parentElement, { study, coder, moved }) {
  const place = `verbatims coder ${study}`;
  const before = sessionStorage.getItem(place);
  sessionStorage.setItem(place, coder);
  if (!before || !coder || before === coder) return;
  const said = document.createElement("p");
  said.setAttribute("role", "alert");
  said.style.cssText = "margin: 0; font-weight: 600; color: var(--st-text-color)";
  said.textContent = moved.replace(/\{(\w+)\}/g, (_, name) => ({ before, coder })[name]);
  parentElement.replaceChildren(said);
}

export default function ({ data, parentElement }) {
  const { base, study, token, left } = data;
  tell(parentElement, data);
  const wanted = JSON.stringify({ base, study, token });
  if ((!token && !left) || window.verbatimsSession === wanted) return;
  window.verbatimsSession = wanted;
  ask(token ? "session" : "leave", wanted);
}
