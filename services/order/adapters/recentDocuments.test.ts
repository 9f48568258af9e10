import { expect, test } from "vitest";
import { after, placed } from "../testing/orders.ts";
import { toDocument } from "./orderDocument.ts";
import { recentDocuments } from "./recentDocuments.ts";

const documentOf = (order = placed()) => toDocument(order.snapshot, 60_000);

test("the last documents are kept, and those before them are not", () => {
  const recent = recentDocuments(2);
  const [first, second, third] = [documentOf(), documentOf(), documentOf()];
  for (const document of [first, second, first, third]) recent.keep(document);
  expect([first, second, third].map(({ _id }) => recent.get(_id))).toEqual([first, undefined, third]);
});

test("an order at its end is forgotten once its outbox is empty", () => {
  const recent = recentDocuments(10);
  const order = after("requestPayment", "pay", "claimFor", "markReady");
  recent.keep(documentOf(order));
  expect(recent.get(order.snapshot.id)).toBeDefined();
  order.closeEntry("sale");
  recent.keep(documentOf(order));
  expect(recent.get(order.snapshot.id)).toBeUndefined();
});
