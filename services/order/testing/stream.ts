import { onTestFinished } from "vitest";

/** One server-sent event. */
export type Sent = { event: string; id: string; data: { status: string; version: number; id: string } };

/** Follows an order's events. `events` grows as they come; `ended` resolves when either side ends the stream. */
export async function follow(url: string, token: string, headers: Record<string, string> = {}) {
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${token}`, ...headers },
    signal: abort.signal,
  });
  const events: Sent[] = [];
  const read = async () => {
    let text = "";
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = (text + chunk).split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks.filter((one) => !one.startsWith(":"))) events.push(eventOf(block));
    }
  };
  const ended = read().catch((error: unknown) => {
    if (!abort.signal.aborted) throw error;
  });
  return { response, events, ended, leave: () => abort.abort() };
}

function eventOf(block: string): Sent {
  const fields = Object.fromEntries(block.split("\n").map((line) => line.split(/: (.*)/s, 2)));
  return { event: fields.event ?? "", id: fields.id ?? "", data: JSON.parse(fields.data ?? "") };
}
