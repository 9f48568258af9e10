import { toBinary } from "@bufbuild/protobuf";
import {
  type BoardTicket,
  type ListTicketsResponse,
  ListTicketsResponseSchema,
} from "#common/genproto/order/v1/staff_pb";
import type { Logger } from "#common/logging";
import type { Services } from "./services.ts";

/** The kitchen's board, for all its watchers. */
export type Board = {
  /**
   * The tickets as they are, again with each change, and at least every 10 s; ends when the signal aborts or the service
   * drains. @throws AppError "unavailable" when the order service is away: silence would look like an empty kitchen.
   */
  watch(signal: AbortSignal): AsyncGenerator<readonly BoardTicket[]>;
  /** Ends every watching, and lets nobody watch again. */
  drain(): void;
  /** How many watch. */
  watchers(): number;
};

/** How often the tickets are asked for, and how long nothing is said when nothing changes; in milliseconds. */
export type Pace = { readonly everyMs: number; readonly quietMs: number };

type News = { readonly tickets: readonly BoardTicket[] } | { readonly error: unknown };

/** One question a second for all who look, and none while nobody does. */
export function watchedBoard(
  order: Pick<Services["order"], "listTickets">,
  logger: Logger,
  { everyMs, quietMs }: Pace = { everyMs: 1_000, quietMs: 8_000 },
): Board {
  const watchers = new Set<(news: News) => void>();
  const drained = new AbortController();
  let looking = false;
  let last: { news: News; bytes: Uint8Array } | undefined;

  async function look(): Promise<void> {
    const news = await order.listTickets({}).then(takeNews, (error: unknown) => {
      logger.warn("the board cannot be read", { reason: String(error) });
      last = undefined;
      return { error };
    });
    if (news) for (const tell of watchers) tell(news);
    if (watchers.size > 0) return void setTimeout(look, everyMs);
    looking = false;
    last = undefined;
  }

  /** What is new in the answer; nothing when it is the one before. */
  function takeNews(answer: ListTicketsResponse): News | undefined {
    const bytes = toBinary(ListTicketsResponseSchema, answer);
    if (last && Buffer.compare(bytes, last.bytes) === 0) return undefined;
    const news = { tickets: answer.tickets };
    last = { news, bytes };
    return news;
  }

  async function* watch(signal: AbortSignal): AsyncGenerator<readonly BoardTicket[]> {
    const ended = AbortSignal.any([signal, drained.signal]);
    let waiting = last?.news;
    let wake = () => {};
    const tell = (news: News) => {
      waiting = news;
      wake();
    };
    const woken = (): Promise<void> =>
      new Promise((resolve) => {
        wake = resolve;
        if (waiting || ended.aborted) resolve();
      });
    ended.addEventListener("abort", () => wake(), { once: true });
    watchers.add(tell);
    if (!looking) {
      looking = true;
      void look();
    }
    try {
      let shown: readonly BoardTicket[] | undefined;
      while (!ended.aborted) {
        const quiet = shown && setTimeout(() => wake(), quietMs);
        await woken();
        clearTimeout(quiet);
        if (ended.aborted) return;
        if (waiting && "error" in waiting) throw waiting.error;
        shown = waiting?.tickets ?? shown;
        waiting = undefined;
        if (shown) yield shown;
      }
    } finally {
      watchers.delete(tell);
    }
  }

  return { watch, drain: () => drained.abort(), watchers: () => watchers.size };
}
