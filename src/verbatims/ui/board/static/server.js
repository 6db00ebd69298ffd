// Questions to the server, each signed with the coder's token.

/** What the server answered instead: `says` is its advice, `expired` that the token is refused. */
export class Refusal extends Error {
  constructor(status, says) {
    super(says || String(status));
    this.says = status === 503 ? "" : says;
    this.expired = status === 401;
    this.final = status === 403 || status === 409;
  }
}

/** `about` gives the base address and the token of the moment. */
export function posting(about) {
  return async (route, body, { keepalive = false } = {}) => {
    const { base, token } = about();
    const answer = await fetch(`${base}/verbatims/${route}`, {
      method: "POST",
      keepalive,
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-Verbatims": token },
      body: JSON.stringify(body),
    });
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Refusal(answer.status, said.says ?? "");
    return said;
  };
}
