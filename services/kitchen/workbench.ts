import { setMaxListeners } from "node:events";
import type { Logger } from "#common/logging";
import type { Ticket } from "./orders.ts";

/** What a workbench is given. */
export type WorkbenchDeps = {
  /** Works on a ticket until it is at its end; ends soon when the signal aborts. */
  serve: (ticket: Ticket, signal: AbortSignal) => Promise<void>;
  /** A ticket's work ended without a meal, and not because the kitchen closes. */
  onFailure: (orderId: string) => void;
  /** A cook is free again. */
  onEnd: () => void;
  logger: Logger;
};

/** The tickets that are in work, each once. */
export type Workbench = {
  orderIds(): readonly string[];
  count(): number;
  /** Nothing is begun any more, and what is under way leaves off. */
  isClosing(): boolean;
  begin(ticket: Ticket): void;
  /** Has all work leave off. @returns once it has: a meal that is being told as ready is told first. */
  leaveOff(): Promise<void>;
};

/** An empty workbench. */
export function openWorkbench({ serve, onFailure, onEnd, logger }: WorkbenchDeps): Workbench {
  const held = new Map<string, Promise<void>>();
  const closing = new AbortController();
  // Every cook listens.
  setMaxListeners(0, closing.signal);
  return {
    orderIds: () => [...held.keys()],
    count: () => held.size,
    isClosing: () => closing.signal.aborted,
    begin(ticket) {
      const { orderId } = ticket;
      // After its lease an order that we still work on may be given to us once more.
      if (held.has(orderId)) return;
      const work = serve(ticket, closing.signal)
        .catch((error: unknown) => {
          onFailure(orderId);
          if (!closing.signal.aborted) logger.error("a ticket came to nothing", { orderId }, error);
        })
        .finally(() => {
          held.delete(orderId);
          onEnd();
        });
      held.set(orderId, work);
    },
    async leaveOff() {
      closing.abort();
      await Promise.all(held.values());
    },
  };
}
