const kinds: Readonly<Record<string, string>> = {
  link_missing: "Nobody can pay for it yet: there is no payment link",
  payment_unheard: "Nobody had told it that it was paid",
  closing_unheard: "Nobody had told it that it cannot be paid any more",
  paid_without_payment: "It is paid, and payment knows nothing of it",
  paid_though_cancelled: "It was paid after it was cancelled",
  not_sold: "It is paid, and stock has nothing left to sell",
  refund_failed: "The provider refuses to give the money back",
  given_up: "Something was tried for long, and nothing came of it",
  other_link: "Somebody offered a second way to pay for it",
  held_though_cancelled: "It was cancelled, and stock still held its dishes",
  sold_though_cancelled: "It was cancelled unpaid, and stock has sold its dishes",
};

const entries: Readonly<Record<string, string>> = {
  "order.created": "asking for its payment",
  "order.cancelled": "closing it",
  sale: "selling its dishes",
  refund: "giving its money back",
  partial_refund: "giving money back",
};

const inWords = (name: string) => name.replaceAll(/[._]/g, " ");

/** What was wrong with an order; a kind without words of its own is its name. */
export function findingWords(kind: string): string {
  return kinds[kind] ?? inWords(kind);
}

/** What an order waits for, by what its entry is. */
export function entryWords(type: string): string {
  return entries[type] ?? inWords(type);
}
