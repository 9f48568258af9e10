import { ApiError, ConnectionError } from "./errors.ts";
import type { ServerClock } from "./serverClock.ts";

/** What came back: `body` is what the JSON says. */
export type Answer = { status: number; etag: string | undefined; body: unknown };

export type SendOptions = { headers?: Record<string, string>; json?: unknown };

/** Sends a request to the page's own origin. Throws {@link ApiError} or {@link ConnectionError}; 304 is an answer. */
export type Send = (method: "GET" | "POST", path: string, options?: SendOptions) => Promise<Answer>;

type Sending = { timeoutMs?: number; heard?: ServerClock["heard"] };

/** `heard` is told the time of every answer. */
export function createSend(fetch: typeof globalThis.fetch, { timeoutMs = 15_000, heard }: Sending = {}): Send {
  return async (method, path, options = {}) => {
    const init: RequestInit = {
      method,
      headers: { accept: "application/json", ...options.headers },
      credentials: "same-origin",
      // The page asks with its own validators; the browser's cache would hide the 304.
      cache: "no-store",
      signal: AbortSignal.timeout(timeoutMs),
    };
    if (options.json !== undefined) {
      init.body = JSON.stringify(options.json);
      init.headers = { ...init.headers, "content-type": "application/json" };
    }
    const sentAt = Date.now();
    const { response, text } = await exchange(fetch, path, init);
    heard?.(response.headers.get("date"), sentAt, Date.now());
    const body = parse(text);
    if (response.status >= 400) throw new ApiError(response.status, body);
    if (response.ok && body === undefined) throw new ConnectionError("The answer was not JSON");
    return { status: response.status, etag: response.headers.get("etag") ?? undefined, body };
  };
}

async function exchange(fetch: typeof globalThis.fetch, path: string, init: RequestInit) {
  try {
    const response = await fetch(path, init);
    return { response, text: await response.text() };
  } catch (cause) {
    throw new ConnectionError(cause);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
