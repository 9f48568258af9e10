import { expect, onTestFinished, test } from "vitest";
import { silentLogger } from "#common/logging";
import { startEmbedded } from "./embedded.ts";

type Order = { id: string; status: string; paymentLink?: string; cancelReason?: string; expiresAt: string };

const within = { timeout: 20_000, interval: 50 };

/** The whole system in this process, and a guest of it. */
async function open(orderTtlMs?: number) {
  const ttl = orderTtlMs === undefined ? {} : { orderTtlMs };
  const gorder = await startEmbedded({ port: 0, cooks: 50, cookSeconds: 0, logger: () => silentLogger, ...ttl });
  onTestFinished(gorder.close);
  const api = async <T>(method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
    const json = body && { body: JSON.stringify(body), headers: { "content-type": "application/json", ...headers } };
    const response = await fetch(gorder.url + path, { method, headers, ...json });
    return (await response.json()) as T;
  };
  const { customerId, token } = await api<{ customerId: string; token: string }>("POST", "/api/session");
  const mine = { authorization: `Bearer ${token}` };
  const path = `/api/customers/${customerId}/orders`;
  const see = (id: string) => api<Order>("GET", `${path}/${id}`, undefined, mine);
  return {
    see,
    place: (key: string) =>
      api<Order>(
        "POST",
        path,
        { items: [{ productId: "pumpkin-soup", quantity: 1 }] },
        { ...mine, "idempotency-key": key },
      ),
    cancel: (id: string) => api<Order>("POST", `${path}/${id}/cancel`, undefined, mine),
    payable: (id: string) => expect.poll(async () => (await see(id)).paymentLink, within).toBeDefined(),
    /** Presses Pay. @returns whether money was taken. */
    async pay(id: string) {
      const { paymentLink = "" } = await see(id);
      const body = new URLSearchParams({ action: "pay" });
      return (await fetch(paymentLink, { method: "POST", body, redirect: "manual" })).status === 303;
    },
    async left() {
      const { products } = await api<{ products: { id: string; available: number }[] }>("GET", "/api/products");
      return products.find(({ id }) => id === "pumpkin-soup")?.available;
    },
  };
}

test("an order that is cancelled while it is paid ends in exactly one of ready and refunded, or nothing was taken", async () => {
  const { place, payable, pay, cancel, see, left } = await open();
  const before = (await left()) ?? 0;
  const guests = Array.from({ length: 20 }, async (_, index) => {
    const { id } = await place(`key-${index}`);
    await payable(id);
    const [taken] = await Promise.all(index % 2 === 0 ? [pay(id), cancel(id)] : [cancel(id).then(() => pay(id))]);
    await expect.poll(async () => (await see(id)).status, within).toMatch(taken ? /^(ready|refunded)$/ : /^cancelled$/);
    return (await see(id)).status;
  });
  const ends = await Promise.all(guests);
  const sold = ends.filter((status) => status === "ready").length;
  await expect.poll(left, within).toBe(before - sold);
});

test("an order that nobody pays in time is cancelled, can be paid no more, and its items go back", async () => {
  const { place, payable, pay, see, left } = await open(1_000);
  const before = await left();
  const { id } = await place("key");
  await payable(id);
  await expect.poll(async () => (await see(id)).cancelReason, within).toBe("expired");
  expect(await pay(id)).toBe(false);
  await expect.poll(left, within).toBe(before);
});
