import { request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

/** How long a probe waits: an answer that comes later than this is none. */
const patienceMs = 10_000;

/** The status that an address answers on a connection of its own. */
function answerOf(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(patienceMs);
    const call = request(url, { agent: false, signal }, (response) => {
      response.resume().once("end", () => resolve(response.statusCode ?? 0));
    });
    call.on("error", reject).end();
  });
}

/** Asks each of these several times a second. `end` says what was not answered 200, and how many answers there were. */
export function startProbes(urls: readonly string[]) {
  const failures: string[] = [];
  let [answers, ended] = [0, false];
  const ask = async (url: string) => {
    const status = await answerOf(url).catch((error: Error) => error.message);
    answers++;
    if (status !== 200) failures.push(`${url}: ${status}`);
  };
  const asking = urls.map(async (url) => {
    while (!ended) await Promise.all([ask(url), delay(200)]);
  });
  return {
    async end() {
      ended = true;
      await Promise.all(asking);
      return { failures, answers };
    },
  };
}
