// A question to the server; one that is away is asked again. What writes carries its own name
// (uid), so that asking twice does it once.

import { Refusal, posting } from "./server.js";

const PATIENCE = [300, 700, 1500, 3000, 5000, 8000]; // ms between two tries

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const lasting = (error) =>
  error instanceof Refusal && (error.final || error.expired || Boolean(error.says));

/** Ask until answered or refused; `given_up` says that the answer is of no more use. */
export async function ask(data, route, body, { waiting = () => {}, given_up = () => false } = {}) {
  const post = posting(data);
  for (let tries = 0; !given_up(); tries += 1) {
    try {
      return await post(route, body);
    } catch (error) {
      if (lasting(error)) throw error;
      waiting();
      await pause(PATIENCE[Math.min(tries, PATIENCE.length - 1)]);
    }
  }
  return null;
}
