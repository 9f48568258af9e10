import { expect, test } from "vitest";
import { memoryOrders } from "../adapters/memoryOrders.ts";
import { waitingOrder } from "../testing/app.ts";
import { fakePayments } from "../testing/fakePayments.ts";
import { fakeStock } from "../testing/fakes.ts";

/** After how many calls the process dies; every later call fails as well, until it lives again. */
function mortal() {
  const life = { left: Number.POSITIVE_INFINITY };
  /** The same port, on which each call is a place to die before and a place to die after. */
  const wrap = <T extends object>(port: T, names: readonly (keyof T)[]): T => {
    const wrapped = { ...port };
    for (const name of names) {
      const call = port[name] as (...args: unknown[]) => Promise<unknown>;
      const dying = async (...args: unknown[]) => {
        if (life.left-- <= 0) throw new Error("dead before");
        const answer = await call(...args);
        if (life.left-- <= 0) throw new Error("dead after");
        return answer;
      };
      Object.assign(wrapped, { [name]: dying });
    }
    // The fakes' own state is behind getters of the original.
    return Object.assign(Object.create(port), wrapped);
  };
  return { life, wrap };
}

/** An order on ports that can die between any two steps. */
async function fragile() {
  const { life, wrap } = mortal();
  const parts = {
    orders: wrap(memoryOrders(), ["update", "claimDue", "claimResting"]),
    stock: wrap(fakeStock({ tea: 10 }), ["commit", "release"]),
    payments: wrap(fakePayments(), ["close", "refund", "announce", "find"]),
  };
  return { life, ...(await waitingOrder(parts)) };
}

type Fragile = Awaited<ReturnType<typeof fragile>>;

const scenes: [string, string, (it: Fragile) => Promise<unknown>][] = [
  ["cancelled", "cancelled", (it) => it.cancel().then(() => it.pass(0))],
  [
    "paid, then cancelled before anybody heard of it",
    "refunded",
    async (it) => {
      it.takeMoney();
      await it.cancel();
      await it.pass(0);
    },
  ],
  [
    "cancelled, then order.paid comes",
    "refunded",
    async (it) => {
      it.takeMoney();
      await it.cancel();
      await it.pay();
      await it.pass(0);
    },
  ],
  ["expired", "cancelled", (it) => it.pass(1_800)],
  [
    "paid, and expires before anybody heard of it",
    "paid",
    (it) => {
      it.takeMoney();
      return it.pass(1_800);
    },
  ],
  [
    "paid",
    "paid",
    (it) => {
      it.takeMoney();
      return it.pay();
    },
  ],
];

test.each(scenes)("an order that is %s ends %s, wherever the process dies on the way", async (_, end, scene) => {
  let deaths = 0;
  for (let lives = 0; lives < 60; lives++) {
    const it = await fragile();
    it.life.left = lives;
    const died = await scene(it).then(
      () => it.life.left < 0,
      () => true,
    );
    it.life.left = Number.POSITIVE_INFINITY;
    // Whoever was not answered asks again; events come again; what is due is done.
    if (died) {
      deaths++;
      await scene(it);
    }
    for (let round = 0; round < 5; round++) await it.pass(300);
    const { status, outbox, history } = await it.order();
    const sold = end === "paid";
    expect([lives, status, outbox, it.reservation()]).toEqual([lives, end, [], sold ? "committed" : "released"]);
    expect(it.stock.left.get("tea")).toBe(sold ? 8 : 10);
    expect(new Set(history.map((change) => change.status)).size).toBe(history.length);
  }
  expect(deaths).toBeGreaterThan(2);
  expect(deaths).toBeLessThan(60);
});
