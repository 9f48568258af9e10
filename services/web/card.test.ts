import { expect, test, vi } from "vitest";
import { shopCard } from "./card.ts";
import { memoryStorage } from "./testing.ts";

const ours = { name: "Zum Löffel", phone: "+49 30 1", hours: [] };

test("the shop is asked who it is, and is known at once on the next visit", async () => {
  const storage = memoryStorage();
  const first = shopCard({ shop: async () => ours }, storage);
  expect(first.get().name).toBe("");
  await vi.waitFor(() => expect(first.get()).toEqual(ours));
  const away = shopCard({ shop: () => Promise.reject(new Error("away")) }, storage);
  expect(away.get()).toEqual(ours);
});

test.each(["{", "null", "[]", '{"name":1,"hours":[]}', '{"name":"x"}'])("a kept card %s is none", (kept) => {
  const storage = memoryStorage({ "gorder.shop": kept });
  expect(shopCard({ shop: () => new Promise(() => undefined) }, storage).get().name).toBe("");
});

test("a shop that could not be asked is asked again once the server answers, and is asked no more when it has", async () => {
  const shop = vi.fn(async () => ours).mockRejectedValueOnce(new Error("away"));
  let answered = () => {};
  const card = shopCard({ shop }, memoryStorage(), (listener) => {
    answered = listener;
  });
  answered();
  expect(shop).toHaveBeenCalledTimes(1);
  await new Promise((resolve) => setImmediate(resolve));
  expect(card.get().name).toBe("");
  answered();
  await vi.waitFor(() => expect(card.get()).toEqual(ours));
  answered();
  expect(shop).toHaveBeenCalledTimes(2);
});
