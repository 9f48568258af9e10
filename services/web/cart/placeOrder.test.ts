import { expect, test } from "vitest";
import { ApiError, ConnectionError } from "../api/errors.ts";
import type { Order, Wish } from "../api/types.ts";
import { anOrder, aProduct, memoryStorage } from "../testing.ts";
import { contentOf, endAttemptOf, keyOfAttempt, randomKey } from "./attempt.ts";
import { placeOrder } from "./placeOrder.ts";

const soup = new Map([["soup", 1]]);

/** Answers the calls one after the other, and notes their keys. */
function aKitchen(...answers: (Order | Error)[]) {
  const storage = memoryStorage();
  const keys: string[] = [];
  const sent: (readonly Wish["items"][number][])[] = [];
  const noon = Date.parse("2026-11-22T12:00:00.000Z");
  let [made, now] = [0, noon];
  const api = {
    async place({ items: lines }: Wish, key: string) {
      sent.push(lines);
      keys.push(key);
      const answer = answers.shift() ?? anOrder(["pending"]);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  const means = { api, storage, now: () => now, shown: () => [aProduct("soup")], newKey: () => `key-${++made}` };
  const attempt = (cart = soup) => placeOrder(means, cart).catch(() => undefined);
  /** The guest sees an order of one soup that was placed so many minutes ago. */
  const see = (minutesAgo: number, quantity = 1) =>
    endAttemptOf(storage, {
      items: [{ productId: "soup", quantity, name: "Soup", unitPrice: { amount: 1, currency: "eur" } }],
      createdAt: new Date(now - minutesAgo * 60_000).toISOString(),
    });
  const wait = (minutes: number) => {
    now += minutes * 60_000;
  };
  return { keys, sent, attempt, see, wait };
}

test.each([
  ["a lost answer", new ConnectionError("reset")],
  ["a failing server", new ApiError(503, { type: "/problems/unavailable" })],
  ["a session that could not be opened", new ApiError(401, { type: "/problems/unauthorized" })],
])("after %s the same cart is asked for with the same key", async (_, failure) => {
  const { keys, attempt } = aKitchen(failure);
  await attempt();
  await attempt();
  expect(keys).toEqual(["key-1", "key-1"]);
});

test("a changed cart is another attempt, the order of its lines is not", async () => {
  const failure = new ConnectionError("reset");
  const { keys, attempt } = aKitchen(failure, failure, failure);
  await attempt(
    new Map([
      ["soup", 1],
      ["bread", 1],
    ]),
  );
  await attempt(
    new Map([
      ["bread", 1],
      ["soup", 1],
    ]),
  );
  await attempt(
    new Map([
      ["soup", 2],
      ["bread", 1],
    ]),
  );
  expect(keys).toEqual(["key-1", "key-1", "key-2"]);
});

test("ordering the same again after a success is a new order", async () => {
  const { keys, attempt } = aKitchen();
  await attempt();
  await attempt();
  expect(keys).toEqual(["key-1", "key-2"]);
});

test("an order says at which prices the guest saw it", async () => {
  const { sent, attempt } = aKitchen();
  await attempt();
  await attempt(new Map([["gone", 1]]));
  expect(sent).toEqual([
    [{ productId: "soup", quantity: 1, unitPrice: { amount: 1000, currency: "eur" } }],
    [{ productId: "gone", quantity: 1 }],
  ]);
});

test.each(["prices-changed", "shop-closed"])("%s ends the attempt", async (code) => {
  const { keys, attempt } = aKitchen(new ApiError(409, { type: `/problems/${code}` }));
  await attempt();
  await attempt();
  expect(keys).toEqual(["key-1", "key-2"]);
});

test("a refusal ends the attempt", async () => {
  const { keys, attempt } = aKitchen(new ApiError(409, { type: "/problems/out-of-stock" }));
  await attempt();
  await attempt();
  expect(keys).toEqual(["key-1", "key-2"]);
});

test("an order that was seen ends its attempt: the same cart is another order, days later and at once", async () => {
  const { keys, attempt, see, wait } = aKitchen(new ConnectionError("reset"));
  await attempt();
  wait(1);
  expect(see(1)).toBe('[["soup",1]]');
  await attempt();
  expect(keys).toEqual(["key-1", "key-2"]);
});

test("an older order, or one of other dishes, is not what the lost answer was about", async () => {
  const { keys, attempt, see, wait } = aKitchen(new ConnectionError("reset"));
  await attempt();
  wait(1);
  expect(see(60)).toBeUndefined();
  expect(see(1, 2)).toBeUndefined();
  await attempt();
  expect(keys).toEqual(["key-1", "key-1"]);
});

test("an attempt ends with time, also where the clock was set back", async () => {
  const { keys, attempt, wait } = aKitchen(...Array.from({ length: 4 }, () => new ConnectionError("reset")));
  await attempt();
  wait(29);
  await attempt();
  wait(1);
  await attempt();
  wait(-60);
  await attempt();
  expect(keys).toEqual(["key-1", "key-1", "key-2", "key-3"]);
});

test("a key that lapsed is replaced at once, and once only", async () => {
  const lapsed = new ApiError(409, { type: "/problems/order-conflict" });
  const { keys, attempt } = aKitchen(lapsed);
  expect(await attempt()).toBeDefined();
  expect(keys).toEqual(["key-1", "key-2"]);
  const stubborn = aKitchen(lapsed, lapsed, lapsed);
  expect(await stubborn.attempt()).toBeUndefined();
  expect(stubborn.keys).toHaveLength(2);
});

test("a key that was tampered with is replaced", async () => {
  const storage = memoryStorage({
    "gorder.attempt": JSON.stringify({ key: "bad\nkey", content: '[["soup",1]]', at: 0 }),
  });
  const keys: string[] = [];
  const api = {
    async place(_: Wish, key: string) {
      keys.push(key);
      return anOrder(["pending"]);
    },
  };
  await placeOrder({ api, storage, now: () => 0, shown: () => [], newKey: () => "fresh" }, soup);
  expect(keys).toEqual(["fresh"]);
});

test("keys are visible ASCII and never the same", () => {
  expect(randomKey()).toMatch(/^[0-9a-f]{32}$/);
  expect(randomKey()).not.toBe(randomKey());
});

test("a note and a name are ordered with the dishes, and another one is another order", async () => {
  const sent: [Wish, string][] = [];
  const api = {
    async place(wish: Wish, key: string): Promise<Order> {
      sent.push([wish, key]);
      throw new ConnectionError("lost");
    },
  };
  let made = 0;
  const means = { api, storage: memoryStorage(), now: () => 0, shown: () => [], newKey: () => `key-${++made}` };
  for (const [note, guestName] of [
    ["hot ", "Zoë"],
    ["hot", " Zoë"],
    ["cold", "Zoë"],
    ["cold", ""],
    ["", ""],
  ] as const)
    await placeOrder({ ...means, wishes: { notes: { soup: note }, guestName }, language: "de" }, soup).catch(() => 0);
  expect(sent[0]?.[0]).toEqual({
    items: [{ productId: "soup", quantity: 1, note: "hot" }],
    guestName: "Zoë",
    language: "de",
  });
  expect(sent.at(-1)?.[0]).toEqual({ items: [{ productId: "soup", quantity: 1 }], language: "de" });
  expect(sent.map(([, key]) => key)).toEqual(["key-1", "key-1", "key-2", "key-3", "key-4"]);
});

test("an order that is seen ends the attempt that had its notes and its name, and no other", () => {
  const storage = memoryStorage();
  const wishes = { notes: { soup: "hot" }, guestName: "Zoë" };
  keyOfAttempt(storage, contentOf(soup, wishes), () => "key", Date.parse("2026-11-22T12:00:00.000Z"));
  const item = { productId: "soup", name: "Soup", quantity: 1, unitPrice: { amount: 1, currency: "eur" } };
  const order = { createdAt: "2026-11-22T12:00:01.000Z", guestName: "Zoë", items: [{ ...item, note: "hot" }] };
  expect(endAttemptOf(storage, { ...order, items: [item] })).toBeUndefined();
  expect(endAttemptOf(storage, { ...order, guestName: "Bob" })).toBeUndefined();
  expect(endAttemptOf(storage, order)).toBe(contentOf(soup, wishes));
});
