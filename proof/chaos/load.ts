import { z } from "zod";
import { runK6 } from "../../ops/load/k6.ts";
import type { System } from "./system.ts";

const attempt = z.object({ sent: z.number(), ms: z.number(), status: z.number() });
const guest = z.object({
  guest: z.number(),
  kind: z.string(),
  tries: z.number(),
  id: z.string().optional(),
  refused: z.number().optional(),
  paid: z.boolean().optional(),
  cancelled: z.boolean().optional(),
});

/** One try to place an order: when it was sent (ms since the epoch), how long its answer took, and the answer. */
export type Attempt = z.infer<typeof attempt>;

/** What became of one guest: `id` is that of the order that they were told of. */
export type Guest = z.infer<typeof guest>;

/** Guests coming to the system. Both lists grow until `done`, which `isOver` tells without waiting. */
export type Load = {
  readonly attempts: Attempt[];
  readonly guests: Guest[];
  readonly done: Promise<void>;
  readonly isOver: () => boolean;
};

/** How long a guest tries before giving up. */
const patienceSeconds = 90;

/** So many guests a second for so many seconds; see ops/load/k6/chaos.js for what they do. */
export function startLoad({ urls, products }: System, rate: number, seconds: number): Load {
  const attempts: Attempt[] = [];
  const guests: Guest[] = [];
  const env = {
    URL: urls[0] ?? "",
    URLS: urls.join(","),
    PRODUCTS: products.join(","),
    RATE: rate,
    SECONDS: seconds,
    PATIENCE_SECONDS: patienceSeconds,
  };
  const hear = (line: string) => {
    if (!line.startsWith("{")) return;
    const said: unknown = JSON.parse(line);
    const seen = guest.safeParse(said);
    if (seen.success) guests.push(seen.data);
    else attempts.push(attempt.parse(said));
  };
  let isOver = false;
  const done = runK6("chaos", env, () => {}, hear)
    .then(() => {})
    .finally(() => {
      isOver = true;
    });
  return { attempts, guests, done, isOver: () => isOver };
}
