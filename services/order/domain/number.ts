/** Letters and digits of an order's number. */
const digits = 6;

/** An order's number as its guest reads it: the end of its id, in capitals. */
export function numberOf(orderId: string): string {
  return orderId
    .replace(/[^0-9a-z]/gi, "")
    .slice(-digits)
    .toUpperCase();
}

/** A number as somebody types it: any case, with or without what the page writes before it. */
export function typedNumber(typed: string): string {
  return typed.trim().replace(/^#/, "").toUpperCase();
}
