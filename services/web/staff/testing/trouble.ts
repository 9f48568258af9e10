import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { OrderStatus } from "#common/genproto/order/v1/order_pb";
import {
  type GetBooksResponse,
  GetBooksResponseSchema,
  type GetTroubleResponse,
  GetTroubleResponseSchema,
} from "#common/genproto/staff/v1/staff_pb";
import type { Kept } from "./orders.ts";

/** An order that is stuck, one that was mended, and one that a person has to look at. */
export function someTrouble(orders: readonly Kept[], now: number): GetTroubleResponse {
  const named = orders.map(({ order: { id: orderId }, number }) => ({ orderId, number }));
  const [ready, paid] = [named[3], named[1]];
  const at = (minutes: number) => timestampFromMs(now - minutes * 60_000);
  const why = "the provider refuses it: lost_or_stolen_card";
  return create(GetTroubleResponseSchema, {
    stuck: [
      { ...ready, status: OrderStatus.READY, entries: [{ id: "r-9", type: "partial_refund", since: at(200), why }] },
    ],
    findings: [
      { ...ready, kind: "refund_failed", repaired: false, at: at(200) },
      { ...paid, kind: "payment_unheard", repaired: true, at: at(700) },
    ],
  });
}

/** Books that agree. */
export function someBooks(now: number): GetBooksResponse {
  const [from, at] = [timestampFromMs(now - 3_600_000), timestampFromMs(now)];
  return create(GetBooksResponseSchema, { from, at, dishes: 24, orders: 118 });
}
