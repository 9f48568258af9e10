import type { Db } from "mongodb";
import { say } from "../../ops/command/say.ts";
import { endWith, readWords, WrongWord } from "../../ops/command/words.ts";
import { mongoOrders } from "../../services/order/adapters/mongoOrders.ts";
import { type OrderDocument, toDocument } from "../../services/order/adapters/orderDocument.ts";
import { getTakings } from "../../services/order/app/staff/takings.ts";
import { numberOf } from "../../services/order/domain/number.ts";
import type { OrderFilter } from "../../services/order/domain/orderRecords.ts";
import type { OrderRepository } from "../../services/order/domain/orderRepository.ts";
import { anEatenMeal } from "./meals.ts";
import { withMongo } from "./withMongo.ts";

const help = `npm run bench:staff [-- --orders N]   what the staff's page asks of the store, among few orders and among many

  --orders N   so many are many, 20000 or more (default 200000)`;
const { values } = readWords(help, { options: { orders: { type: "string", default: "200000" } } });
const most = Number(values.orders);
/** What an index serves takes as long among these as among all. */
const few = most / 20;

/** Two hundred thousand orders at such intervals are about two years of a busy restaurant. */
const everyMs = 300_000;
const together = 1_000;
const end = Date.now();
const placedAt = (index: number, count: number) => end - (count - index) * everyMs;

/** Orders are stored first and indexed afterwards: it is how long they take to find that is asked here. */
async function fill(db: Db, count: number): Promise<OrderRepository> {
  const orders = db.collection<OrderDocument>("orders");
  for (let first = 0; first < count; first += together) {
    const some = Array.from({ length: Math.min(together, count - first) }, (_, index) => {
      return toDocument(anEatenMeal(first + index, placedAt(first + index, count)), 60_000);
    });
    await orders.insertMany(some, { ordered: false });
  }
  const filled = await mongoOrders(db);
  while ((await filled.backfill(new Date(end))) === "more");
  return filled;
}

type Question = readonly [
  name: string,
  index: string,
  ask: (orders: OrderRepository, count: number) => Promise<number>,
];

const page = { limit: 21 };
const day = { from: new Date(end - 86_400_000), until: new Date(end + 1) };
const third = (count: number) => Math.floor(count / 3);
const idOf = (index: number) => anEatenMeal(index, 0).id;
const search = (filter: OrderFilter): Question[2] => {
  return async (orders) => (await orders.search(filter, page)).length;
};

/** What the staff's page asks, and the index that is there for it. */
const questions: readonly Question[] = [
  ["the newest", "placedAt", search({})],
  [
    "the next page, a third down",
    "placedAt",
    async (orders, count) => {
      const before = { placedAt: new Date(placedAt(third(count), count)), id: idOf(third(count)) };
      return (await orders.search({}, { ...page, before })).length;
    },
  ],
  [
    "by number",
    "number",
    async (orders, count) => (await orders.search({ number: numberOf(idOf(third(count))) }, page)).length,
  ],
  ["by a number that nobody has", "number", search({ number: "ZZZZZZ" })],
  ["by the beginning of a name that nobody has", "guestNameStart", search({ guestName: "zoe" })],
  ["by guest", "customerId, placedAt", search({ customerId: "guest-7" })],
  ["by status, a rare one", "status, placedAt", search({ statuses: ["cancelled"] })],
  ["of one day", "placedAt", search(day)],
  [
    "by dish, a usual one",
    "lines.productId, placedAt; FerretDB: placedAt, until a page is full",
    search({ productId: "dish-3" }),
  ],
  ["by amount, a usual one", "placedAt, until a page is full", search({ most: 150_000 })],
  ["by amount, a rare one", "amountTime", search({ least: 150_000 })],
  ["tickets that wait", "status, placedAt", async (orders) => (await orders.inStatus("paid", 500)).length],
  [
    "finished in the last half hour",
    "finishedAt",
    async (orders) => (await orders.finished(new Date(end - 1_800_000), 500)).length,
  ],
  [
    "acts on one order",
    "_id",
    async (orders, count) => (await orders.acts({ target: idOf(third(count)) }, page)).length,
  ],
  ["the newest acts of all", "actedAt", async (orders) => (await orders.acts({}, page)).length],
  ["what is stuck", "stuckType", async (orders) => (await orders.stuckOrders(100)).length],
  ["what was found wrong", "foundAt", async (orders) => (await orders.faulty(100)).length],
  ["a day's takings", "placedAt", async (orders) => (await getTakings({ orders })(day)).dishes.length],
];

const times = 5;
/** What takes longer than this is asked once. */
const patienceMs = 1_000;

/** How many were found, and the median of how long that took, in milliseconds. */
async function timeQuestion(orders: OrderRepository, count: number, ask: Question[2]): Promise<[number, number]> {
  const took: number[] = [];
  let found = 0;
  while (took.length < times && (took[0] ?? 0) < patienceMs) {
    const start = performance.now();
    found = await ask(orders, count);
    took.push(performance.now() - start);
  }
  return [found, took.toSorted((a, b) => a - b)[Math.floor(took.length / 2)] ?? 0];
}

async function main(): Promise<void> {
  if (!Number.isInteger(most) || most < 20_000)
    throw new WrongWord(`--orders: ${values.orders} is no number from 20000 on`);
  await withMongo(async (client) => {
    const some = await fill(client.db("few"), few);
    const start = Date.now();
    const all = await fill(client.db("many"), most);
    say(`  ${most} orders are stored and indexed after ${Math.round((Date.now() - start) / 1_000)} s`);
    say(`| what is asked | index | found | of ${few}, ms | of ${most}, ms |\n| --- | --- | ---: | ---: | ---: |`);
    for (const [name, index, ask] of questions) {
      const [, before] = await timeQuestion(some, few, ask);
      const [found, took] = await timeQuestion(all, most, ask);
      say(`| ${name} | ${index} | ${found} | ${before.toFixed(1)} | ${took.toFixed(1)} |`);
    }
  });
}

await main().catch(endWith);
