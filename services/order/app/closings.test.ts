import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { silentLogger } from "#common/logging";
import { memoryOrders } from "../adapters/memoryOrders.ts";
import { after, claimOf, placed, stamp } from "../testing/orders.ts";
import { closings } from "./closings.ts";

beforeEach(() => void vi.useFakeTimers());

/** A paid order, whose sale was made, and every write of it. */
async function sold() {
  const stored = memoryOrders();
  const order = after("requestPayment", "pay");
  const { id } = order.snapshot;
  await stored.add(order);
  const update = vi.fn(stored.update);
  const warn = vi.fn();
  const { orders, closeSoon, stop } = closings({ ...stored, update }, () => stamp(9), { ...silentLogger, warn });
  onTestFinished(stop);
  closeSoon(id, "sale");
  const outbox = async () => (await stored.get(id))?.snapshot.outbox.map(({ type }) => type);
  const claim = () => orders.update(id, (current) => current.claimFor(claimOf("kitchen-1", stamp(9)), stamp(9)));
  return { id, orders, elsewhere: stored.update, update, warn, stop, outbox, claim };
}

test("the next write of an order closes the entry, and no other write is made for it", async () => {
  const { claim, update, outbox } = await sold();
  expect((await claim()).snapshot).toMatchObject({ status: "cooking", outbox: [] });
  expect(await outbox()).toEqual([]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(update).toHaveBeenCalledTimes(1);
});

test("a write of another order closes nothing", async () => {
  const { orders, outbox } = await sold();
  const other = placed();
  await orders.add(other);
  await orders.update(other.snapshot.id, (order) => order.cancel("customer", "customer", "e", stamp(1)));
  expect(await outbox()).toEqual(["sale"]);
});

test("where no write comes the entry is closed by itself, a moment later and once", async () => {
  const { outbox, update } = await sold();
  await vi.advanceTimersByTimeAsync(900);
  expect(await outbox()).toEqual(["sale"]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await outbox()).toEqual([]);
  expect(update).toHaveBeenCalledTimes(1);
});

test("a change that changes nothing closes the entry all the same, and one that is refused leaves it for later", async () => {
  const refused = await sold();
  await expect(refused.orders.update(refused.id, (order) => order.markReady("kitchen-1", stamp(9)))).rejects.toThrow();
  expect(await refused.outbox()).toEqual(["sale"]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await refused.outbox()).toEqual([]);
  const unchanged = await sold();
  await unchanged.orders.update(unchanged.id, () => false);
  expect(await unchanged.outbox()).toEqual([]);
});

test("an entry that cannot be closed stays for the outbox, and is said", async () => {
  const { update, warn, outbox } = await sold();
  update.mockRejectedValue(new Error("away"));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await outbox()).toEqual(["sale"]);
  expect([update.mock.calls.length, warn.mock.calls.length]).toEqual([1, 1]);
});

test("where nobody will cook it by then, what was sold has still to go back", async () => {
  const byItself = await sold();
  const byNext = await sold();
  for (const { id, elsewhere, outbox } of [byItself, byNext]) {
    await elsewhere(id, (order) => order.callOff("staff:eve", { id: "refund-1", reason: "" }, "e", stamp(8)));
    await elsewhere(id, (order) => order.closeEntry("e"));
    expect(await outbox()).toEqual(["refund"]);
  }
  await byNext.orders.update(byNext.id, () => false);
  await vi.advanceTimersByTimeAsync(1_000);
  expect([await byItself.outbox(), await byNext.outbox()]).toEqual([
    ["refund", "sale"],
    ["refund", "sale"],
  ]);
});

test("a service that ends closes what is left", async () => {
  const { stop, outbox } = await sold();
  await stop();
  expect(await outbox()).toEqual([]);
});
