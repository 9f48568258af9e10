import { expect, test } from "vitest";
import { ApiError, ConnectionError } from "../api/errors.ts";
import type { Order, OrderLine } from "../api/types.ts";
import { anOrder, memoryStorage } from "../testing.ts";
import { randomKey } from "./attempt.ts";
import { placeOrder } from "./placeOrder.ts";

const soup = new Map([["soup", 1]]);

/** Answers the calls one after the other, and notes their keys. */
function aKitchen(...answers: (Order | Error)[]) {
  const storage = memoryStorage();
  const keys: string[] = [];
  let made = 0;
  const api = {
    async place(_lines: readonly OrderLine[], key: string) {
      keys.push(key);
      const answer = answers.shift() ?? anOrder(["pending"]);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  const attempt = (cart = soup) => placeOrder(api, storage, cart, () => `key-${++made}`).catch(() => undefined);
  return { keys, attempt };
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

test("a refusal ends the attempt", async () => {
  const { keys, attempt } = aKitchen(new ApiError(409, { type: "/problems/out-of-stock" }));
  await attempt();
  await attempt();
  expect(keys).toEqual(["key-1", "key-2"]);
});

test("a key that was tampered with is replaced", async () => {
  const storage = memoryStorage({ "gorder.attempt": JSON.stringify({ key: "bad\nkey", content: '[["soup",1]]' }) });
  const keys: string[] = [];
  const api = {
    async place(_: readonly OrderLine[], key: string) {
      keys.push(key);
      return anOrder(["pending"]);
    },
  };
  await placeOrder(api, storage, soup, () => "fresh");
  expect(keys).toEqual(["fresh"]);
});

test("keys are visible ASCII and never the same", () => {
  expect(randomKey()).toMatch(/^[0-9a-f]{32}$/);
  expect(randomKey()).not.toBe(randomKey());
});
