import { expect, test, vi } from "vitest";
import { orderApp, wish } from "../testing/app.ts";
import { fakeStock } from "../testing/fakes.ts";
import type { AdmissionLimits } from "./admission.ts";

const busy = expect.objectContaining({ name: "AppError", kind: "busy" });

/** A shop that orders keep coming to, whose limits a test can reach. */
function shop(limits: Partial<AdmissionLimits> = {}) {
  const admissionLimits = { alwaysWaiting: 3, mostWaiting: 10, longestWait: 2, ...limits };
  const parts = orderApp({ stock: fakeStock({ tea: 1_000 }), admissionLimits });
  const { app, admission, clock } = parts;
  let orders = 0;
  return {
    ...parts,
    async place(count: number) {
      const placed = Array.from({ length: count }, () => app.createOrder(wish({ tea: 1 }, `key-${++orders}`)));
      return (await Promise.all(placed)).map(({ id }) => id);
    },
    link: (ids: readonly string[]) =>
      Promise.all(ids.map((orderId) => app.offerPayment({ orderId, paymentLink: "https://pay.example/1" }))),
    async secondPasses() {
      clock.now += 1_000;
      await admission.look();
    },
  };
}

test("while links come, no more may wait for one than come within the longest wait", async () => {
  const { admission, place, link, secondPasses } = shop();
  await link(await place(2));
  await secondPasses();
  await place(2);
  expect(() => admission.demand()).not.toThrow();
  await place(1);
  expect(() => admission.demand()).toThrow(busy);
});

test("a faster pace lets more wait", async () => {
  const { admission, place, link, secondPasses } = shop();
  await link(await place(6));
  await secondPasses();
  await place(5);
  expect(() => admission.demand()).not.toThrow();
  await place(1);
  expect(() => admission.demand()).toThrow(busy);
});

test("where nothing moves at all orders are accepted until the last limit", async () => {
  const { admission, place } = shop();
  await place(9);
  expect(() => admission.demand()).not.toThrow();
  await place(1);
  expect(() => admission.demand()).toThrow(busy);
});

test("who got their link makes room at once", async () => {
  const { admission, place, link } = shop();
  const [first = ""] = await place(10);
  await link([first]);
  await link([first]);
  expect(() => admission.demand()).not.toThrow();
  await place(1);
  expect(() => admission.demand()).toThrow(busy);
});

test("links of orders that other replicas accepted make no more room than there is", async () => {
  const { admission, place } = shop();
  for (let others = 0; others < 5; others++) admission.recordLink();
  await place(10);
  expect(() => admission.demand()).toThrow(busy);
});

test("what other replicas accepted and served counts from the next look on", async () => {
  const { admission, place, orders, secondPasses } = shop();
  await place(1);
  orders.countPending = async () => 10;
  expect(() => admission.demand()).not.toThrow();
  await secondPasses();
  expect(() => admission.demand()).toThrow(busy);
  orders.countPending = async () => 0;
  await secondPasses();
  expect(() => admission.demand()).not.toThrow();
});

test("orders that are being placed count, and no longer when they are refused", async () => {
  const { admission, app, stock } = shop({ mostUnderWay: 2, mostWaiting: 2 });
  let refuse = (_: Error) => {};
  const refusal = new Promise<never>((_, reject) => {
    refuse = reject;
  });
  stock.reserve = () => refusal;
  const placed = Promise.allSettled([1, 2].map((key) => app.createOrder(wish({ tea: 1 }, `key-${key}`))));
  await vi.waitFor(() => expect(() => admission.demand()).toThrow(busy));
  refuse(new Error("no"));
  expect(await placed).toMatchObject([{ status: "rejected" }, { status: "rejected" }]);
  expect(() => admission.demand()).not.toThrow();
});

test("an idle house costs no question", async () => {
  const { orders, secondPasses } = shop();
  let asked = 0;
  orders.countPending = async () => ++asked;
  for (let second = 0; second < 10; second++) await secondPasses();
  expect(asked).toBe(0);
});

test("those who are refused together are not asked to come back together", async () => {
  const { admission, place } = shop();
  await place(10);
  const told = new Set<unknown>();
  for (let guest = 0; guest < 200; guest++) {
    try {
      admission.demand();
    } catch (error) {
      told.add((error as { details: { retryAfterSeconds: number } }).details.retryAfterSeconds);
    }
  }
  expect([...told].toSorted()).toEqual([2, 3, 4, 5, 6]);
});
