import { setTimeout as delay } from "node:timers/promises";
import { unfinished } from "../../ops/ledger/faults.ts";
import type { OpenBooks } from "../../ops/ledger/read.ts";
import type { Fault } from "./fault.ts";
import { hopelessOrders, hopelessReservations, insert, removeAll } from "./hopeless.ts";
import type { Provider } from "./provider.ts";

/** What can never succeed, put there by hand among what can. */
export type Plants = {
  plant(): Promise<void>;
  /** What of them no operator sees, and who waits for them, in words. */
  problems(): Promise<string[]>;
  remove(): Promise<void>;
};

type Ground = {
  mysqlUrl: string;
  mongodbUrl: string;
  provider: Pick<Provider, "tell">;
  books: Pick<OpenBooks, "read">;
  product: string;
  /** Order and stock, whose numbers an operator looks at. */
  apps: readonly string[];
};

/** So many of each kind. */
const many = 10;

/** How long every other order may take to its end, in milliseconds. */
const onTimeMs = 30_000;

/** How long an operator may wait until they are seen. */
const patienceMs = 30_000;

/** What an operator sees of each kind, as the services' numbers say it. */
const signs = [
  "gorder_orders_overdue{",
  'gorder_orders_stuck{type="order.cancelled"',
  'gorder_orders_stuck{type="refund"',
  'gorder_orders_stuck{type="sale"',
  "gorder_reservations_stuck{",
];

/** Plants ten of each kind: an expiry, a cancellation, a refund, a sale and a reservation that nobody can bring to an end. */
export function plantsIn({ mysqlUrl, mongodbUrl, provider, books, product, apps }: Ground): Plants {
  const orders = hopelessOrders(many, product, new Date());
  const reservations = hopelessReservations(many, product);
  const planted = new Set([...orders.map(({ _id }) => _id), ...reservations.map(({ orderId }) => orderId)]);
  const servers = { mysqlUrl, mongodbUrl };

  async function unseen(): Promise<string[]> {
    const texts = await Promise.all(apps.map(async (url) => (await fetch(`${url}/metrics`)).text()));
    const lines = texts.join("\n").split("\n");
    return signs.flatMap((sign) => {
      const line = lines.find((one) => one.startsWith(sign));
      const seen = Number(line?.split(" ").at(-1) ?? 0);
      return seen >= many ? [] : [`an operator sees ${seen} of ${many} at ${sign.replace(/[{,]$/, "")}`];
    });
  }

  async function late(): Promise<string[]> {
    const { orders: all, reservations: held, ...rest } = await books.read();
    const old = all.filter(({ id, placedAt }) => !planted.has(id) && placedAt.getTime() < Date.now() - onTimeMs);
    return unfinished({ ...rest, orders: old, reservations: held.filter(() => false) });
  }

  return {
    async plant() {
      await provider.tell("/lost", { ids: orders.map(({ checkoutSessionId = "" }) => checkoutSessionId).join() });
      await insert(servers, orders, reservations);
    },
    async problems() {
      const deadline = Date.now() + patienceMs;
      for (;;) {
        const found = [...(await unseen()), ...(await late())];
        if (found.length === 0 || Date.now() > deadline) return found;
        await delay(1_000);
      }
    },
    async remove() {
      await removeAll(servers, [...planted]);
      await provider.tell("/lost", { ids: "" });
    },
  };
}

/** Ten of each that can never succeed, while guests order: these are done on time, and the ten are seen. */
export const hopeless: Fault = {
  name: "ten of each that can never succeed",
  meanwhile: 201,
  seconds: 45,
  takes: 10,
  begin: ({ plants }) => plants.plant(),
  problems: ({ plants }) => plants.problems(),
  end: ({ plants }) => plants.remove(),
};
