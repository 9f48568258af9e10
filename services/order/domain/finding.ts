/**
 * `link_missing`: nobody can pay for the order yet, as payment has not said where.
 * `payment_unheard`, `closing_unheard`: the order waits for a payment that was made, or that nobody can make any more.
 * `paid_without_payment`: paid, and payment does not know of it.
 * `paid_though_cancelled`: money came in for a cancelled order. `not_sold`: paid, but stock has nothing left to sell.
 * `refund_failed`: the provider refused for good to give money back. `given_up`: an outbox entry came to nothing.
 * `other_link`: somebody offered a second, different way to pay for an order.
 * `held_though_cancelled`, `sold_though_cancelled`: stock still holds or has sold what was ordered, and nobody paid.
 */
export type FindingKind =
  | "link_missing"
  | "payment_unheard"
  | "closing_unheard"
  | "paid_without_payment"
  | "paid_though_cancelled"
  | "not_sold"
  | "refund_failed"
  | "given_up"
  | "other_link"
  | "held_though_cancelled"
  | "sold_though_cancelled";

/** Something about an order that should not have been, what became of it, and when that was seen last. */
export type FoundFault = { kind: FindingKind; outcome: "repaired" | "reported"; at: Date };

/** What was found with an order, one of a kind, the newest last. */
export function withFound(before: readonly FoundFault[], found: FoundFault): readonly FoundFault[] {
  return [...before.filter(({ kind }) => kind !== found.kind), found];
}
