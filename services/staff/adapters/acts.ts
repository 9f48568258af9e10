import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromMs, timestampMs } from "@bufbuild/protobuf/wkt";
import { AppError } from "#common/errors";
import { type ActFilter, ActFilterSchema, type ActPage, type ActRecord } from "#common/genproto/common/v1/act_pb";
import { known } from "../app/known.ts";
import type { Services } from "./services.ts";

/** Records of all services by time, newest first. */
export type Acts = { records: ActRecord[]; nextPageToken: string; unavailable: string[] };

/** The last record that was shown; ids set those of one millisecond in order. */
type Place = { readonly at: number; readonly id: string };

/** Who keeps records: the services behind, and staff itself of what they do not know of. */
export type ActSources = Services & { readonly ownActs: (filter: ActFilter) => Promise<ActPage> };

/** Asks them, as {@link actsOf} does. */
export type AskActs = (asked: MessageInitShape<typeof ActFilterSchema>) => Promise<Acts>;

/** What a service gives at most; what was done in one millisecond is to fit in it. */
const mostRecords = 200;

/**
 * A page of what was done, wherever it is recorded. The cursor is a place in time, not four places in four lists: so a
 * service that was away takes its part in the next page, and nothing that happens meanwhile is shown twice.
 * @throws AppError "invalid" when the cursor is none of ours.
 */
export async function actsOf(services: ActSources, asked: MessageInitShape<typeof ActFilterSchema>): Promise<Acts> {
  const filter = create(ActFilterSchema, asked);
  const size = Math.min(Math.max(filter.pageSize || 50, 1), mostRecords);
  const after = filter.pageToken === "" ? undefined : decode(filter.pageToken);
  const until = Math.min(
    after ? after.at + 1 : Number.POSITIVE_INFINITY,
    filter.until ? timestampMs(filter.until) : Number.POSITIVE_INFINITY,
  );
  const each = create(ActFilterSchema, {
    ...filter,
    ...(until < Number.POSITIVE_INFINITY && { until: timestampFromMs(until) }),
    pageSize: after ? mostRecords : size,
    pageToken: "",
  });
  const unavailable: string[] = [];
  const pages = await Promise.all([
    known("order", unavailable, services.order.listOrderActs({ filter: each })),
    known("stock", unavailable, services.stock.listStockActs({ filter: each })),
    known("payment", unavailable, services.payment.listPaymentActs({ filter: each })),
    known(
      "staff",
      unavailable,
      services.ownActs(each).then((page) => ({ page })),
    ),
  ]);
  const given = pages.flatMap((page) => page?.page ?? []);
  const horizon = Math.max(...given.map(oldestOf));
  const all = given
    .flatMap(({ records }) => records)
    .filter((record) => placeOf(record).at >= horizon && (!after || byTime(placeOf(record), after) > 0))
    .sort((a, b) => byTime(placeOf(a), placeOf(b)));
  const records = all.slice(0, size);
  const last = records.at(-1);
  const isMore = all.length > size || horizon > Number.NEGATIVE_INFINITY;
  return { records, nextPageToken: last && isMore ? encode(placeOf(last)) : "", unavailable };
}

/** What lies before the oldest record of a page that is not the last is unknown, and nothing older may be shown yet. */
function oldestOf({ records, nextPageToken }: ActPage): number {
  const last = records.at(-1);
  return last && nextPageToken ? placeOf(last).at : Number.NEGATIVE_INFINITY;
}

function placeOf({ at, id }: ActRecord): Place {
  return { at: at ? Math.floor(timestampMs(at)) : 0, id };
}

/** Newest first. */
function byTime(a: Place, b: Place): number {
  return b.at - a.at || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
}

function encode({ at, id }: Place): string {
  return Buffer.from(JSON.stringify([at, id])).toString("base64url");
}

function decode(token: string): Place {
  try {
    const [at, id]: unknown[] = JSON.parse(Buffer.from(token, "base64url").toString());
    if (Number.isSafeInteger(at) && typeof id === "string") return { at: Number(at), id };
  } catch {
    // Not JSON: refused below, as what is none of ours.
  }
  throw new AppError("invalid", "page_token: take it from next_page_token of the page before");
}
