import { expect, onTestFinished, test } from "vitest";
import { silentLogger } from "#common/logging";
import { Guest, tryToPay } from "../ops/demo/guest.ts";
import { startEmbedded } from "./embedded.ts";

const within = { timeout: 20_000, interval: 50 };
const soup = { productId: "pumpkin-soup", quantity: 1 };

/** The whole system in this process, and a guest of it. */
async function open(orderTtlMs?: number) {
  const ttl = orderTtlMs === undefined ? {} : { orderTtlMs };
  const gorder = await startEmbedded({ port: 0, cooks: 50, cookSeconds: 0, logger: () => silentLogger, ...ttl });
  onTestFinished(gorder.close);
  const guest = await Guest.arrive(gorder.url);
  return {
    see: (id: string) => guest.look(id),
    place: async (key: string) => String((await guest.tryOrder([soup], key)).body.id),
    cancel: (id: string) => guest.ask("POST", `/${id}/cancel`),
    payable: (id: string) => expect.poll(async () => (await guest.look(id)).paymentLink, within).toBeDefined(),
    /** @returns whether money was taken. */
    pay: async (id: string) => tryToPay((await guest.look(id)).paymentLink ?? ""),
    left: async () => (await guest.menu()).find(({ id }) => id === soup.productId)?.available,
  };
}

test("an order that is cancelled while it is paid ends in exactly one of ready and refunded, or nothing was taken", async () => {
  const { place, payable, pay, cancel, see, left } = await open();
  const before = (await left()) ?? 0;
  const guests = Array.from({ length: 20 }, async (_, index) => {
    const id = await place(`key-${index}`);
    await payable(id);
    const [taken] = await Promise.all(index % 2 === 0 ? [pay(id), cancel(id)] : [cancel(id).then(() => pay(id))]);
    await expect.poll(async () => (await see(id)).status, within).toMatch(taken ? /^(ready|refunded)$/ : /^cancelled$/);
    return (await see(id)).status;
  });
  const ends = await Promise.all(guests);
  const sold = ends.filter((status) => status === "ready").length;
  await expect.poll(left, within).toBe(before - sold);
});

test("an order that nobody pays in time is cancelled, can be paid no more, and its items are released", async () => {
  const { place, payable, pay, see, left } = await open(1_000);
  const before = await left();
  const id = await place("key");
  await payable(id);
  await expect.poll(async () => (await see(id)).cancelReason, within).toBe("expired");
  expect(await pay(id)).toBe(false);
  await expect.poll(left, within).toBe(before);
});
