import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { z } from "zod";
import { AppError } from "#common/errors";
import type { ActFilter as ActFilterMessage, Act as ActMessage } from "#common/genproto/common/v1/act_pb";
import type { SearchOrdersRequest } from "#common/genproto/order/v1/staff_pb";
import { parse } from "#common/http/validate";
import { momentOf } from "#common/moment";
import type { Act } from "../domain/act.ts";
import { nameKey } from "../domain/guestName.ts";
import { typedNumber } from "../domain/number.ts";
import type { ActFilter, ActPage, OrderFilter } from "../domain/orderRecords.ts";
import type { Page } from "../domain/orderRepository.ts";
import { decodeCursor } from "./http/cursor.ts";
import { statusOf } from "./proto.ts";

const act = z.object({
  requestId: z.uuid(),
  subject: z.string().min(1).max(200),
  name: z.string().max(200),
  reason: z.string().max(500),
});
type Span = { from?: Timestamp | undefined; until?: Timestamp | undefined };

const orderId = z.string().min(1).max(128);
const number = z.string().regex(/^[0-9A-Z]{1,36}$/, "Letters and digits alone");

/** Whose act this is, and on what. @throws AppError "invalid" */
export function actOn(request: { act?: ActMessage | undefined; orderId: string }): { act: Act; orderId: string } {
  const { requestId = "", subject = "", name = "", reason = "" } = request.act ?? {};
  return {
    act: parse(act, { requestId, subject, name, reason }, (field) => `act.${field}`),
    orderId: parse(orderId, request.orderId, () => "order_id"),
  };
}

/** A number within bounds; 0 is the default. @throws AppError "invalid" */
export function within(value: number, least: number, most: number, usual: number, field: string): number {
  return parse(z.int().min(least).max(most), value || usual, () => field);
}

/** What is looked for, and which page of it. @throws AppError "invalid" */
export function searched(request: SearchOrdersRequest): { filter: OrderFilter; page: Page } {
  const { customerId, guestName, productId, statuses, leastAmount, mostAmount, pageToken } = request;
  const limit = within(request.pageSize, 1, 100, 20, "page_size");
  const filter: OrderFilter = {
    ...(request.number && { number: parse(number, typedNumber(request.number), () => "number") }),
    ...(customerId && { customerId }),
    ...(guestName && { guestName: nameKey(parse(z.string().max(200), guestName, () => "guest_name")) }),
    ...(productId && { productId }),
    ...(statuses.length > 0 && { statuses: statuses.map(statusOf) }),
    ...span(request),
    ...(leastAmount !== 0n && { least: amount(leastAmount, "least_amount") }),
    ...(mostAmount !== 0n && { most: amount(mostAmount, "most_amount") }),
  };
  return { filter, page: pageToken ? { limit, before: decodeCursor(pageToken) } : { limit } };
}

/** Which records of acts are looked for, and which page of them. @throws AppError "invalid" */
export function actsSearched(filter: ActFilterMessage | undefined): { filter: ActFilter; page: ActPage } {
  const { subject, action, target, pageSize = 0, pageToken } = filter ?? {};
  const limit = within(pageSize, 1, 200, 50, "filter.page_size");
  const cursor = pageToken ? decodeCursor(pageToken) : undefined;
  return {
    filter: {
      ...(subject && { subject }),
      ...(action && { action }),
      ...(target && { target }),
      ...span(filter ?? {}),
    },
    page: cursor ? { limit, before: { at: cursor.placedAt, id: cursor.id } } : { limit },
  };
}

/** Both ends of a time. @throws AppError "invalid" when one is missing. */
export function wholeSpan(request: Span): { from: Date; until: Date } {
  const { from, until } = span(request);
  if (from && until) return { from, until };
  const message = "Say from when until when";
  throw new AppError("invalid", message, { fields: [{ field: from ? "until" : "from", message }] });
}

function span({ from, until }: Span): { from?: Date; until?: Date } {
  return { ...(from && { from: momentOf(from, "from") }), ...(until && { until: momentOf(until, "until") }) };
}

function amount(value: bigint, field: string): number {
  return parse(z.int().min(0), Number(value), () => field);
}
