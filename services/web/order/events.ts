import type { Order } from "../api/types.ts";

/** Opens a stream of an order's states; returns the way to close it. `failed` is called once at most. */
export type OpenEvents = (url: string, on: { status(order: Order): void; failed(): void }) => () => void;

/** By the browser's own EventSource, without its endless retries: the caller decides when to open it again. */
export const openEventSource: OpenEvents = (url, on) => {
  const source = new EventSource(url);
  const fail = () => {
    source.close();
    on.failed();
  };
  source.addEventListener("status", (event) => {
    try {
      on.status(JSON.parse(event.data));
    } catch {
      fail();
    }
  });
  source.addEventListener("error", fail);
  return () => source.close();
};
