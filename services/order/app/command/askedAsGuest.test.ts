import { expect, test } from "vitest";
import { orderApp, wish } from "../../testing/app.ts";

const [guest, account] = ["ann", "account-ann"];

/** Ann has ordered two tea as a guest, heard no answer, and signed in. */
async function signedIn() {
  const parts = orderApp();
  const { id } = await parts.app.createOrder(wish({ tea: 2 }, "key-1", guest));
  await parts.app.handOver({ guestId: guest, accountId: account });
  return { ...parts, id };
}

test("who orders, signs in and asks again under the same key has one order", async () => {
  const { app, stock, orders, id } = await signedIn();
  const again = await app.createOrder(wish({ tea: 2 }, "key-1", account));
  expect(again).toMatchObject({ id, customerId: account, status: "pending" });
  expect(await orders.list(account, { limit: 10 })).toHaveLength(1);
  expect(stock.left.get("tea")).toBe(8);
});

test.each([
  ["another quantity", wish({ tea: 3 }, "key-1", account)],
  ["another dish", wish({ cake: 2 }, "key-1", account)],
  ["another name", { ...wish({ tea: 2 }, "key-1", account), guestName: "Bob" }],
])("%s under that key is refused, as it was before the sign-in", async (_, other) => {
  const { app, stock } = await signedIn();
  await expect(app.createOrder(other)).rejects.toMatchObject({ kind: "idempotency_key_reused" });
  expect([stock.left.get("tea"), stock.left.get("cake")]).toEqual([8, 10]);
});

test("another key, and the same key of another account, is another order", async () => {
  const { app, id } = await signedIn();
  const others = [wish({ tea: 2 }, "key-2", account), wish({ tea: 2 }, "key-1", "account-bob")];
  for (const other of others) expect((await app.createOrder(other)).id).not.toBe(id);
});

test("who was answered with an order of the account's own hears of that one again, though the guest's came over since", async () => {
  const { app } = orderApp();
  await app.createOrder(wish({ tea: 2 }, "key-1", guest));
  const { id } = await app.createOrder(wish({ tea: 2 }, "key-1", account));
  await app.handOver({ guestId: guest, accountId: account });
  expect((await app.createOrder(wish({ tea: 2 }, "key-1", account))).id).toBe(id);
});

test("an order that came to nothing stayed with the guest, so the account's is a new one", async () => {
  const { app } = orderApp();
  const { id } = await app.createOrder(wish({ tea: 2 }, "key-1", guest));
  await app.cancelOrder({ customerId: guest, orderId: id });
  await app.handOver({ guestId: guest, accountId: account });
  expect(await app.createOrder(wish({ tea: 2 }, "key-1", account))).toMatchObject({ status: "pending" });
});

/** What is waited for until it is opened. */
function gate() {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open: () => open() };
}

/** Ann's order as a guest waits at stock while she signs in, and goes on when it is let. */
function underWay() {
  const parts = orderApp();
  const { reserve } = parts.stock;
  const [held, reached] = [gate(), gate()];
  let isFirst = true;
  parts.stock.reserve = async (...asked) => {
    const isHeld = isFirst;
    isFirst = false;
    const answer = await reserve(...asked);
    if (isHeld) {
      reached.open();
      await held.passed;
    }
    return answer;
  };
  const asGuest = parts.app.createOrder(wish({ tea: 2 }, "key-1", guest));
  return { ...parts, asGuest, reached: reached.passed, goOn: held.open };
}
const asAccount = { ...wish({ tea: 2 }, "key-1", account), guestId: guest };

test("who signs in while their order is under way and asks again under the same key has one order, the account's", async () => {
  const { app, orders, stock, asGuest, reached, goOn } = underWay();
  await reached;
  await app.handOver({ guestId: guest, accountId: account });
  const again = await app.createOrder(asAccount);
  goOn();
  expect([(await asGuest).id, again.customerId]).toEqual([again.id, account]);
  expect([await orders.list(account, { limit: 9 }), await orders.list(guest, { limit: 9 })]).toMatchObject([[{}], []]);
  expect(stock.left.get("tea")).toBe(8);
  // An hour later nobody remembers whom they were.
  expect((await app.createOrder(wish({ tea: 2 }, "key-1", account))).id).toBe(again.id);
});

test("the order that was stored as the guest's a moment after the sign-in is the account's when it is asked for", async () => {
  const { app, orders } = orderApp();
  await app.handOver({ guestId: guest, accountId: account });
  const { id } = await app.createOrder(wish({ tea: 2 }, "key-1", guest));
  const other = { ...wish({ tea: 3 }, "key-1", account), guestId: guest };
  await expect(app.createOrder(other)).rejects.toMatchObject({ kind: "idempotency_key_reused" });
  expect(await app.createOrder(asAccount)).toMatchObject({ id, customerId: account, status: "pending" });
  expect((await orders.get(id))?.snapshot.formerOwners).toMatchObject([{ customerId: guest }]);
});

test("an order that came to nothing a moment after the sign-in stays with the guest, and the account's is a new one", async () => {
  const { app } = orderApp();
  const { id } = await app.createOrder(wish({ tea: 2 }, "key-1", guest));
  await app.cancelOrder({ customerId: guest, orderId: id });
  const order = await app.createOrder(asAccount);
  expect(order).toMatchObject({ customerId: account, status: "pending" });
  expect(order.id).not.toBe(id);
});

test("an account that has its own order under a key hears of that one, whatever guest it was", async () => {
  const { app } = orderApp();
  const { id } = await app.createOrder(wish({ tea: 2 }, "key-1", account));
  expect((await app.createOrder(asAccount)).id).toBe(id);
});
