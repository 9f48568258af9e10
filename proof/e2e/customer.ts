import { expect, inject, vi } from "vitest";
import { Guest, type GuestOrder } from "../../ops/demo/guest.ts";

/** A customer of the running stack who waits for what becomes of their orders. */
export type Customer = {
  customerId: string;
  token: string;
  /** Orders one of the first dish that is left, with these headers beside the usual ones. */
  order(headers?: Record<string, string>): Promise<GuestOrder>;
  /** The order once it has this status. */
  until(orderId: string, status: string): Promise<GuestOrder>;
  /** Waits for the payment link, pays there and waits until the meal is ready. */
  payAndFetch(orderId: string): Promise<GuestOrder>;
};

/** A new guest. */
export async function newCustomer(): Promise<Customer> {
  const guest = await Guest.arrive(inject("stack").apps.order.url);
  const until = (orderId: string, status: string) =>
    vi.waitFor(
      async () => {
        const order = await guest.look(orderId);
        expect(order.status).toBe(status);
        return order;
      },
      { timeout: 60_000, interval: 100 },
    );
  return {
    customerId: guest.customerId,
    token: guest.token,
    order: (headers) => guest.order(1, headers),
    until,
    async payAndFetch(orderId) {
      await guest.pay((await until(orderId, "waiting_for_payment")).paymentLink ?? "");
      return until(orderId, "ready");
    },
  };
}
