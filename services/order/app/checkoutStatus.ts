import type { CheckoutStatus } from "./services.ts";

const shut: Record<CheckoutStatus, boolean> = {
  // One may still be opened.
  unknown: false,
  open: false,
  processing: false,
  // The money is here, and the order is to hear of it.
  paid: false,
  closed: true,
  refunding: true,
  refunded: true,
};

/** Whether nobody can pay any more, and none of what was paid will stay: an order that still waits for it may end. */
export function isShut(status: CheckoutStatus): boolean {
  return shut[status];
}
