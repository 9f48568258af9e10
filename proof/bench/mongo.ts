import { randomBytes } from "node:crypto";
import type { AnyBulkWriteOperation, Collection } from "mongodb";
import { v7 as newId } from "uuid";
import { say } from "../../ops/command/say.ts";
import { readWords } from "../../ops/command/words.ts";
import { cpuSeconds, watchUsage } from "./usage.ts";
import { withMongo } from "./withMongo.ts";

/** How many orders there are, how many of them each row of the table touches, and how many of those a command. */
const [stored, touched, together] = [3_000, 2_000, 50];

/** As large, as deep and as much indexed as an order of two lines that waits for its payment. */
function anOrder() {
  const at = new Date();
  const change = (status: string) => ({ status, at, by: { kind: "system", name: "order" }, reason: "because" });
  const line = (productId: string) => ({
    productId,
    name: `A ${productId}`,
    quantity: 2,
    unit: { currency: "usd", minor: 450 },
  });
  return {
    _id: newId(),
    customerId: `c${randomBytes(3).toString("hex")}`,
    status: "pending",
    lines: [line("soup"), line("tea")],
    total: { currency: "usd", minor: 1_800 },
    paymentLink: `https://pay.example/${randomBytes(24).toString("hex")}`,
    expiresAt: at,
    history: [change("pending"), change("waiting_for_payment")],
    traceparent: `00-${randomBytes(16).toString("hex")}-${randomBytes(8).toString("hex")}-00`,
    version: 2,
    revision: 1,
    placedAt: at,
    outbox: [{ id: newId(), type: "order.created", at }],
    outboxState: "open",
    outboxDueAt: at,
    outboxSince: at,
    lookAt: at,
  };
}
type AnOrder = ReturnType<typeof anOrder>;

const grown = (order: AnOrder) => ({ ...order, revision: order.revision + 1 });
const replacement = (order: AnOrder): AnyBulkWriteOperation<AnOrder> => {
  const replaced = grown(order);
  return { replaceOne: { filter: { _id: order._id, revision: order.revision }, replacement: replaced } };
};

/** One command for so many orders; answers how many it found, or wrote. */
type Command = readonly [
  name: string,
  batch: number,
  run: (collection: Collection<AnOrder>, orders: AnOrder[]) => Promise<number>,
];

const one = ([order]: AnOrder[]): AnOrder => order ?? anOrder();
const commands: readonly Command[] = [
  ["insertOne", 1, async (collection) => Number((await collection.insertOne(anOrder())).acknowledged)],
  [
    "findOne by _id",
    1,
    async (collection, orders) => Number((await collection.findOne({ _id: one(orders)._id })) !== null),
  ],
  [
    "replaceOne by _id and revision",
    1,
    async (collection, orders) => {
      const { _id, revision } = one(orders);
      return (await collection.replaceOne({ _id, revision }, grown(one(orders)))).matchedCount;
    },
  ],
  [
    "insertMany",
    together,
    async (collection, orders) => (await collection.insertMany(orders.map(anOrder), { ordered: false })).insertedCount,
  ],
  [
    "find by _id in a list",
    together,
    async (collection, orders) =>
      (await collection.find({ _id: { $in: orders.map(({ _id }) => _id) } }).toArray()).length,
  ],
  [
    "bulkWrite of replaceOne",
    together,
    async (collection, orders) =>
      (await collection.bulkWrite(orders.map(replacement), { ordered: false })).matchedCount,
  ],
  [
    "find what is due, sorted, at most so many",
    together,
    async (collection, orders) => {
      const due = collection.find({ lookAt: { $lte: new Date() } }, { sort: { lookAt: 1 }, limit: orders.length });
      return (await due.toArray()).length;
    },
  ],
];

/** Runs the command again and again, and prints the CPU milliseconds that an order of it costs server and client. */
async function measure(collection: Collection<AnOrder>, pid: number, [name, batch, run]: Command): Promise<void> {
  const all = await collection.find({}).toArray();
  const batches = Array.from({ length: touched / batch }, (_, at) => all.slice(at * batch, (at + 1) * batch));
  await run(collection, all.slice(-batch));
  const server = watchUsage({ server: pid });
  const [own, start] = [process.cpuUsage(), performance.now()];
  let answered = 0;
  for (const orders of batches) answered += await run(collection, orders);
  const [wall, { user, system }] = [performance.now() - start, process.cpuUsage(own)];
  server.end();
  if (answered !== touched) throw new Error(`${name}: ${answered} of ${touched} orders were answered`);
  const each = [cpuSeconds(server.read()) * 1_000, (user + system) / 1_000, wall].map((ms) =>
    (ms / touched).toFixed(2),
  );
  say(`| ${name.padEnd(42)} | ${String(batch).padStart(2)} | ${each.map((ms) => ms.padStart(6)).join(" | ")} |`);
}

const help = "npm run bench:mongo [-- FERRETDB]   what an order costs in each command; another build may be named";
const [another] = readWords(help, { allowPositionals: true }).positionals;

await withMongo(async (client, pid) => {
  const collection = client.db("bench").collection<AnOrder>("orders");
  await collection.createIndex({ customerId: 1, placedAt: -1 });
  await collection.createIndex({ outboxState: 1, outboxDueAt: 1 }, { sparse: true });
  await collection.createIndex({ status: 1 });
  await collection.createIndex({ lookAt: 1 }, { sparse: true });
  for (let at = 0; at < stored; at += 100) await collection.insertMany(Array.from({ length: 100 }, anOrder));
  say("| an order in this command                   | of | server | client |   wall | CPU ms, ms");
  say("| ------------------------------------------ | -: | -----: | -----: | -----: |");
  for (const command of commands) await measure(collection, pid, command);
}, another);
