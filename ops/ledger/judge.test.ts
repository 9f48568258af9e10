import { expect, it, vi } from "vitest";
import type { Books } from "./books.ts";
import { judgeAtRest, judgeBusy } from "./judge.ts";
import { anOrder, goodBooks, tea } from "./testing.ts";

const broken = (): Books => ({ ...goodBooks(), products: [{ ...tea, available: 15 }] });
const atRest = (): Books => {
  const books = goodBooks();
  const done = new Set(["ready", "cancelled", "refunded"]);
  const orders = books.orders.filter(({ status }) => done.has(status));
  const ids = new Set(orders.map(({ id }) => id));
  const isOf = ({ orderId }: { orderId: string }) => ids.has(orderId);
  const products = [{ ...tea, available: 18, reserved: 0, sold: 2 }];
  return {
    ...books,
    orders,
    products,
    reservations: books.reservations.filter(isOf),
    checkouts: books.checkouts.filter(isOf),
  };
};
const lost = "product tea: 15 available + 2 reserved + 4 sold are 21 units, it began with 20";

it("of a busy system only that is a fault which stays", async () => {
  const passing = vi.fn<() => Promise<Books>>().mockResolvedValue(goodBooks()).mockResolvedValueOnce(broken());
  expect((await judgeBusy(passing, 0)).faults).toEqual([]);
  expect((await judgeBusy(async () => broken(), 0)).faults).toEqual([lost]);
});

it("a busy system may have orders without an end, and they are told", async () => {
  const verdict = await judgeBusy(async () => goodBooks(), 0);
  expect(verdict).toMatchObject({
    faults: [],
    underWay: ["order waiting: is still waiting_for_payment", "order paid: is still paid"],
  });
});

it("a system comes to rest in its own time, and then balances", async () => {
  const read = vi.fn<() => Promise<Books>>().mockResolvedValue(atRest());
  read
    .mockResolvedValueOnce(goodBooks())
    .mockResolvedValueOnce(broken())
    .mockRejectedValueOnce(new Error("no database"));
  expect(await judgeAtRest(read, 60_000, 0)).toMatchObject({ faults: [], underWay: [] });
  expect(read).toHaveBeenCalledTimes(4);
});

it("what is not at its end when patience is over is a fault like others", async () => {
  expect((await judgeAtRest(async () => broken(), 0, 0)).faults).toEqual([
    lost,
    "order waiting: is still waiting_for_payment",
    "order paid: is still paid",
  ]);
  const stuck = { ...atRest(), orders: [anOrder("cancelled", "cancelled", { outbox: [{ type: "order.cancelled" }] })] };
  expect((await judgeAtRest(async () => stuck, 0, 0)).faults).toContain(
    "order cancelled: order.cancelled is still in its outbox",
  );
});

it("books that cannot be read when patience is over are no verdict", async () => {
  await expect(judgeAtRest(() => Promise.reject(new Error("no database")), 20, 1)).rejects.toThrow("no database");
});
