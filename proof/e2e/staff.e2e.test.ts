import { expect, inject, test } from "vitest";
import { newProducts } from "./shop.ts";
import { newRequestId, signIn } from "./staffMember.ts";

const { apps } = inject("stack");

/** How much of a dish guests see; nothing as long as their menu does not have it. */
async function available(productId: string): Promise<number | undefined> {
  const { products } = (await (await fetch(`${apps.order.url}/api/products`)).json()) as {
    products: { id: string; available: number }[];
  };
  return products.find(({ id }) => id === productId)?.available;
}

test("the owner signs in at a real provider, restocks a dish, and guests and the audit see it", async () => {
  const owner = await signIn(apps.staff.url, "olga");
  const requestId = newRequestId();
  const [tea = ""] = await newProducts(10);
  const restock = { requestId, reason: "a delivery", productId: tea, restock: 5 };
  const { status, body } = await owner.call("MoveStock", restock);
  expect(status, JSON.stringify(body)).toBe(200);
  expect((await owner.call("MoveStock", restock)).body, "the same act again").toEqual(body);
  await expect.poll(() => available(tea)).toBe(15);

  const acts = async () => JSON.stringify((await owner.call("SearchActs", { filter: { subject: "olga" } })).body);
  await expect.poll(acts).toContain(requestId);
});

test("a cook may not restock", async () => {
  const cook = await signIn(apps.staff.url, "carla");
  const restock = { requestId: newRequestId(), reason: "hunger", productId: "lemonade", restock: 5 };
  const { status } = await cook.call("MoveStock", restock);
  expect(status).toBe(403);
});

test("whoever has no role is not let in", async () => {
  await expect(signIn(apps.staff.url, "gus")).rejects.toThrow("none of the staff");
});
