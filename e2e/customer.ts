import { randomUUID } from "node:crypto";
import { expect, inject, vi } from "vitest";

/** An order as the REST API shows it, as far as tests look. */
export type Order = {
  id: string;
  status: string;
  total: { amount: number };
  paymentLink?: string;
  history: { status: string }[];
};

/** A customer of the running stack who uses the REST API. */
export type Customer = {
  customerId: string;
  token: string;
  /** Orders one of the first dish that is left, with these headers beside the usual ones. */
  order(headers?: Record<string, string>): Promise<Order>;
  /** The order once it has this status. */
  until(orderId: string, status: string): Promise<Order>;
  /** Waits for the payment link, pays there and waits until the meal is ready. */
  payAndFetch(orderId: string): Promise<Order>;
};

/** A new guest. */
export async function newCustomer(): Promise<Customer> {
  const { url } = inject("stack").apps.order;
  const ask = async <T>(path: string, init: RequestInit = {}): Promise<T> => {
    const response = await fetch(url + path, init);
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  };
  const { customerId, token } = await ask<{ customerId: string; token: string }>("/api/session", { method: "POST" });
  const authorization = `Bearer ${token}`;
  const orders = `/api/customers/${customerId}/orders`;

  const customer: Customer = {
    customerId,
    token,
    async order(headers = {}) {
      const { products } = await ask<{ products: { id: string; available: number }[] }>("/api/products");
      const productId = products.find(({ available }) => available > 0)?.id;
      return ask<Order>(orders, {
        method: "POST",
        headers: { authorization, "content-type": "application/json", "idempotency-key": randomUUID(), ...headers },
        body: JSON.stringify({ items: [{ productId, quantity: 1 }] }),
      });
    },
    until: (orderId, status) =>
      vi.waitFor(
        async () => {
          const order = await ask<Order>(`${orders}/${orderId}`, { headers: { authorization } });
          expect(order.status).toBe(status);
          return order;
        },
        { timeout: 60_000, interval: 100 },
      ),
    async payAndFetch(orderId) {
      const { paymentLink = "" } = await customer.until(orderId, "waiting_for_payment");
      const body = new URLSearchParams({ action: "pay" });
      expect((await fetch(paymentLink, { method: "POST", body, redirect: "manual" })).status).toBe(303);
      return customer.until(orderId, "ready");
    },
  };
  return customer;
}
