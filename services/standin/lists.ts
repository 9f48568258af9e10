import { z } from "zod";
import { missing } from "./stripeError.ts";

const seconds = z.coerce.number().int();

/** The parameters of every list: a page before or after an object, and the time that its objects are of. */
export const listParams = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(10),
  starting_after: z.string().optional(),
  ending_before: z.string().optional(),
  created: z.strictObject({ gt: seconds, gte: seconds, lt: seconds, lte: seconds }).partial().default({}),
});

/** An object that can be in a list. */
type Listed = { id: string; created: number };

/** One page of a list as Stripe answers it. @param all newest first. */
export function pageOf<T extends Listed>(url: string, all: readonly T[], asked: z.infer<typeof listParams>) {
  const { limit, starting_after: after, ending_before: before, created } = asked;
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = created;
  const fitting = all.filter((one) => one.created > gt && one.created >= gte && one.created < lt && one.created <= lte);
  const end = before === undefined ? fitting.length : placeOf(fitting, before);
  const start =
    before === undefined ? (after === undefined ? 0 : placeOf(fitting, after) + 1) : Math.max(0, end - limit);
  const data = fitting.slice(start, Math.min(end, start + limit));
  const has_more = before === undefined ? start + limit < end : start > 0;
  return { object: "list", url, has_more, data };
}

function placeOf(all: readonly Listed[], id: string): number {
  const place = all.findIndex((one) => one.id === id);
  if (place < 0) throw missing("object", id);
  return place;
}
