import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { type GetTakingsResponse, GetTakingsResponseSchema } from "#common/genproto/order/v1/staff_pb";
import type { FakeState } from "./state.ts";

const evening = [4, 9, 17, 31, 42, 28, 11];

/** What an evening brought in. */
export function someTakings({ dishes, now }: FakeState): GetTakingsResponse {
  const hour = 3_600_000;
  const last = now() - (now() % hour);
  const money = (amount: number | bigint) => ({ amount: BigInt(amount), currency: "eur" });
  return create(GetTakingsResponseSchema, {
    hours: evening.map((orders, index) => ({
      hour: timestampFromMs(last - (evening.length - index) * hour),
      orders,
      taken: money(orders * 2310),
      refunded: money(index === 3 ? 1_380 : 0),
    })),
    means: [
      { means: "card", orders: 129, taken: money(297_990), refunded: money(1_380) },
      { means: "sepa_debit", orders: 12, taken: money(27_720), refunded: money(0) },
      { means: "", orders: 1, taken: money(2_310), refunded: money(0) },
    ],
    dishes: dishes.map(({ productId, name, sold, unitPrice }) => ({
      productId,
      name,
      units: sold,
      taken: money(BigInt(sold) * (unitPrice?.amount ?? 0n)),
    })),
  });
}
