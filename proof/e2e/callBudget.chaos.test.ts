import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { build } from "../../dev/build/build.ts";
import { mongodbUrl } from "../../dev/stack/parts/mongodb.ts";
import { noLimits } from "../../dev/stack/parts/services.ts";
import { type Stack, startStack } from "../../dev/stack/stack.ts";
import { say } from "../../ops/command/say.ts";
import { takeTestPorts } from "../testing/offsets.ts";
import { type Buyer, newBuyer } from "./calls/buyer.ts";
import { type Counts, countsOf, difference, sumOf } from "./calls/counts.ts";

/** What an order may cause from its POST until nothing is left to do; among fifty: each of them on average. */
const budget = {
  alone: { sidecars: 18, MongoDB: 6, SQL: 2, Redis: 15, HTTP: 2 },
  "among fifty": { sidecars: 4, MongoDB: 1.5, SQL: 0.4, Redis: 16, HTTP: 2 },
} as const;

let stack: Stack;
let mongo: MongoClient;
let buyer: Buyer;
const folder = mkdtempSync(join(tmpdir(), "gorder-calls-"));
let clean = () => {};

beforeAll(async () => {
  await build();
  const { ports, release } = await takeTestPorts();
  const data = mkdtempSync(join(tmpdir(), "gorder-budget-"));
  clean = () => {
    for (const each of [data, folder]) rmSync(each, { recursive: true, force: true });
    release();
  };
  const hook = join(import.meta.dirname, "calls", "hook.mjs");
  const counting = { NODE_OPTIONS: `--import=${hook}`, CALLS_FOLDER: folder, MONGODB_LOG_COMMAND: "debug" };
  const tell = (line: string) => say(`    ${line}`);
  const menu = join(import.meta.dirname, "..", "bench", "menu.json");
  const env = { ...noLimits, ...counting, MENU_FILE: menu, COOKS: "1000", COOK_SECONDS: "0" };
  stack = await startStack({ data, ports, direct: false, traceSampleRatio: 0, env, tell });
  await stack.startServices();
  mongo = await new MongoClient(mongodbUrl(stack.context)).connect();
  buyer = await newBuyer(stack, mongo);
}, 300_000);

afterAll(async () => {
  await mongo?.close();
  await stack?.killAll();
  await stack?.stop();
  clean();
}, 60_000);

/** What so many orders cause that are placed at once. */
async function causedBy(orders: number): Promise<Counts> {
  const before = await countsOf(stack, folder);
  await buyer.buy(orders);
  let after = await countsOf(stack, folder);
  // What still comes in, such as an answer to the broker, ends when two looks in a row see the same.
  await expect
    .poll(
      async () => {
        const last = after;
        after = await countsOf(stack, folder);
        return difference(after, last);
      },
      { timeout: 60_000, interval: 300 },
    )
    .toEqual({});
  return difference(after, before);
}

/** The cheapest of several, as something periodic may fall into one. */
async function least(times: number, orders: number): Promise<Counts> {
  let least: Counts | undefined;
  const all = (counts: Counts) => Object.values(counts).reduce((sum, count) => sum + count, 0);
  for (let time = 0; time < times; time++) {
    const counts = await causedBy(orders);
    if (!least || all(counts) < all(least)) least = counts;
  }
  return least ?? {};
}

test.each([
  ["alone", 1, 6],
  ["among fifty", 50, 3],
] as const)(
  "an order %s stays within its budget of calls",
  async (manner, orders, times) => {
    await causedBy(orders);
    const counts = await least(times, orders);
    const kinds = Object.keys(budget[manner]) as (keyof (typeof budget)[typeof manner])[];
    const each = Object.fromEntries(kinds.map((kind) => [kind, Number((sumOf(counts, kind) / orders).toFixed(2))]));
    say(`\n  what an order causes, ${manner}: ${JSON.stringify(each)}`);
    for (const [name, count] of Object.entries(counts).toSorted()) say(`    ${String(count).padStart(5)} ${name}`);
    for (const kind of kinds) expect(each[kind], kind).toBeGreaterThan(0);
    for (const kind of kinds) expect(each[kind], kind).toBeLessThanOrEqual(budget[manner][kind]);
  },
  120_000,
);
