import { MongoClient } from "mongodb";
import { createConnection } from "mysql2/promise";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { build } from "../../dev/build/build.ts";
import { local } from "../../dev/stack/parts/context.ts";
import { mongodbUrl } from "../../dev/stack/parts/mongodb.ts";
import { mysqlUrl } from "../../dev/stack/parts/mysql.ts";
import { memoryAlarm } from "../chaos/brokerFaults.ts";
import { findingsOf } from "../chaos/findings.ts";
import { quickFaults, quickPlan } from "../chaos/plans.ts";
import { round, violations } from "../chaos/round.ts";
import { type System, startSystem } from "../chaos/system.ts";
import { startProbes } from "./probes.ts";

let started: System | undefined;

function running(): System {
  if (!started) throw new Error("the system did not start");
  return started;
}

beforeAll(async () => {
  await build();
  started = await startSystem(2);
}, 300_000);

afterAll(() => started?.end(), 60_000);

test.each(quickFaults)(
  "$name, under load: nothing is lost, sold or charged twice, or left without an end",
  async (fault) => {
    expect(violations(await round(running(), fault, quickPlan))).toEqual([]);
  },
  300_000,
);

test("when RabbitMQ holds all publishers back and then lets all go at once, guests and probes are answered", async () => {
  const system = running();
  const { ports } = system.stack.context;
  const inside = (["order", "payment", "kitchen"] as const).map((app) => local(ports[`${app}-app`]));
  const probes = startProbes([
    ...inside.flatMap((url) => [`${url}/healthz`, `${url}/readyz`]),
    ...system.urls.flatMap((url) => [`${url}/healthz`, `${url}/api/products`]),
  ]);
  const row = await round(system, memoryAlarm, quickPlan).catch(async (error) => {
    await probes.end();
    throw error;
  });
  const { failures, answers } = await probes.end();
  expect(violations(row)).toEqual([]);
  const heard = Object.keys(row.meanwhile);
  expect(heard.filter((status) => ["201", "503"].includes(status))).not.toEqual([]);
  expect(heard).not.toContain("0");
  expect(answers).toBeGreaterThan(100);
  expect(failures).toEqual([]);
}, 300_000);

// Last: from here on the books are cooked.
test("the same books tell of an order that is gone, of money without an order, and of a unit too many", async () => {
  const { books, stack } = running();
  const before = await books.read();
  const told = before.orders.map(({ id }) => id);
  const victim = before.orders.find(({ status }) => status === "ready");
  expect(findingsOf(before, told)).toEqual({ lost: [], oversold: [], charged: [], withoutEnd: [] });

  const mongo = new MongoClient(mongodbUrl(stack.context));
  const mysql = await createConnection(mysqlUrl(stack.context));
  onTestFinished(() => Promise.all([mongo.close(), mysql.end()]).then(() => {}));
  const orders = mongo.db("gorder").collection<{ _id: string }>("orders");
  await orders.deleteOne({ _id: victim?.id ?? "" });
  await mysql.execute("UPDATE products SET available = available + 1 WHERE id = 'plenty'");

  const { lost, charged, oversold } = findingsOf(await books.read(), told);
  expect(lost).toContain(`order ${victim?.id}: was accepted, and is not there`);
  expect(charged.join()).toContain(`order ${victim?.id}: does not exist, and`);
  expect(oversold.join()).toContain("product plenty");
}, 60_000);
