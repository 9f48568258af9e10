import type { KnownStatus, OrderStatus } from "../api/types.ts";

type Fact = "leads" | "cancellable" | "awaited" | "final";

/** What holds in each status that the page knows; a new one does not compile until all of it is decided. */
const facts: Record<KnownStatus, Record<Fact, boolean>> = {
  pending: { leads: true, cancellable: true, awaited: false, final: false },
  waiting_for_payment: { leads: true, cancellable: true, awaited: false, final: false },
  paid: { leads: true, cancellable: false, awaited: true, final: false },
  cooking: { leads: true, cancellable: false, awaited: true, final: false },
  ready: { leads: true, cancellable: false, awaited: false, final: true },
  cancelled: { leads: false, cancellable: false, awaited: false, final: true },
  refunded: { leads: false, cancellable: false, awaited: false, final: true },
};

const known = Object.keys(facts) as readonly KnownStatus[];

function those(fact: Fact): readonly OrderStatus[] {
  return known.filter((status) => facts[status][fact]);
}

const [final, cancellable, awaited] = [those("final"), those("cancellable"), those("awaited")];

/** The way from the cart to the table, in its order. */
export const path = those("leads");

/** Whether nothing more comes that a guest waits for; not so for a status that this page does not know. */
export function isFinal(status: OrderStatus): boolean {
  return final.includes(status);
}

/** Only before money moved. */
export function isCancellable(status: OrderStatus): boolean {
  return cancellable.includes(status);
}

/** Whether a paid meal is still to become ready. */
export function isAwaited(status: OrderStatus): boolean {
  return awaited.includes(status);
}
