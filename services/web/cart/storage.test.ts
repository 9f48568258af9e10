import { expect, test } from "vitest";
import { memoryStorage } from "../testing.ts";
import { cartKey, readCart, tolerantStorage, writeCart } from "./storage.ts";

test("a cart survives a reload", () => {
  const storage = memoryStorage();
  const cart = new Map([
    ["soup", 3],
    ["bread", 99],
  ]);
  writeCart(storage, cart);
  expect(readCart(storage)).toEqual(cart);
});

test("an empty cart leaves nothing behind", () => {
  const storage = memoryStorage({ [cartKey]: '[["soup",1]]' });
  writeCart(storage, new Map());
  expect(storage.getItem(cartKey)).toBeNull();
});

test.each(["", "{", "null", "7", '{"soup":1}', '"soup"'])("what is no list is an empty cart: %s", (kept) => {
  expect(readCart(memoryStorage({ [cartKey]: kept })).size).toBe(0);
});

test("lines that are not sound are dropped, the others kept", () => {
  const kept = [
    ["ok", 2],
    ["zero", 0],
    ["much", 100],
    ["half", 1.5],
    ["text", "3"],
    [7, 1],
    ["", 1],
    ["long", 1, 1],
    null,
  ];
  expect([...readCart(memoryStorage({ [cartKey]: JSON.stringify(kept) }))]).toEqual([["ok", 2]]);
});

test("where storage is forbidden, the visit goes on in memory", () => {
  const storage = tolerantStorage(() => {
    throw new DOMException("denied", "SecurityError");
  });
  storage.setItem("a", "1");
  expect(storage.getItem("a")).toBe("1");
  storage.removeItem("a");
  expect(storage.getItem("a")).toBeNull();
});

test("a full storage does not bring back an older value", () => {
  const full = {
    ...memoryStorage({ a: "old" }),
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
  };
  const storage = tolerantStorage(() => full);
  storage.setItem("a", "new");
  expect(storage.getItem("a")).toBe("new");
});
