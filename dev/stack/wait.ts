import { request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

/** Answers with a short reason while the thing is not there yet, and with nothing when it is. */
export type Probe = () => Promise<string | undefined>;

type WaitOptions = { readonly withinMs: number; readonly everyMs?: number; readonly signal?: AbortSignal };

/** Asks until the probe is content; fails with its last word when time is up. */
export async function waitFor(what: string, probe: Probe, options: WaitOptions): Promise<void> {
  const deadline = Date.now() + options.withinMs;
  for (;;) {
    options.signal?.throwIfAborted();
    const lacking = await probe().catch((error: unknown) => String(error));
    if (lacking === undefined) return;
    if (Date.now() > deadline) {
      throw new Error(`${what} was not ready within ${options.withinMs / 1000} s: ${lacking}`);
    }
    await delay(options.everyMs ?? 100, undefined, options.signal ? { signal: options.signal } : {});
  }
}

/** One GET over a connection of its own: a kept one would hold up the other side when it wants to end. */
export function get(url: string, headers: Record<string, string> = {}): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const call = request(url, { headers, agent: false, timeout: 2000 }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
      response.on("error", reject);
    });
    call.on("timeout", () => call.destroy(new Error(`no answer from ${url}`)));
    call.on("error", reject);
    call.end();
  });
}

/** A probe that asks an address and takes a status below 300 for yes. */
export function answers(url: string, headers: Record<string, string> = {}): Probe {
  return async () => {
    const { status, text } = await get(url, headers);
    return status < 300 ? undefined : `${url} answers ${status} ${text.slice(0, 300)}`;
  };
}
