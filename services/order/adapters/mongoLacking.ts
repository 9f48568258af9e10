import type { Collection } from "mongodb";
import { always } from "./mongoActs.ts";
import type { InTime } from "./orderBatches.ts";
import type { OrderDocument } from "./orderDocument.ts";

/**
 * Whether there are orders that a version has written last which did not know this field: they are the oldest. Once there
 * are none it is not asked again.
 */
export function lacking(
  orders: Collection<OrderDocument>,
  inTime: InTime,
  field: "number" | "amountTime",
): () => Promise<boolean> {
  let someLackIt = true;
  return async () => {
    if (!someLackIt) return false;
    const oldest = orders.find({ placedAt: always }, { sort: { placedAt: 1 }, limit: 100, projection: { [field]: 1 } });
    someLackIt = (await inTime(oldest.toArray(), "find orders")).some((order) => order[field] === undefined);
    return someLackIt;
  };
}
