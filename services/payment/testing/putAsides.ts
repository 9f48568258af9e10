import { memoryState } from "#common/dapr/memory";
import type { StateStore } from "#common/dapr/ports";
import { formerMoney } from "../adapters/formerMoney.ts";
import { keptPutAsides } from "../adapters/keptPutAsides.ts";
import type { PutAside } from "../domain/putAside.ts";

/** 0.01 eur that is no order's. */
export function aPutAside(eventId: string, second = 0, changes: Partial<PutAside> = {}): PutAside {
  return {
    eventId,
    orderId: "order-1",
    sessionId: "cs_1",
    taken: { amount: 1, currency: "eur" },
    reason: "other_amount",
    at: new Date(second * 1000).toISOString(),
    ...changes,
  };
}

/** What was put aside in this store, beside one in which the version before kept nothing. */
export function putAsidesIn(keep: StateStore) {
  return keptPutAsides(keep, formerMoney(memoryState()));
}
