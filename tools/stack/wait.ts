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

/** A probe that asks an address and takes a status below 300 for yes. */
export function answers(url: string, headers: Record<string, string> = {}): Probe {
  return async () => {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(2000), redirect: "manual" });
    const text = await response.text();
    return response.status < 300 ? undefined : `${url} answers ${response.status} ${text.slice(0, 300)}`;
  };
}
