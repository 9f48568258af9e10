import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { readConfig } from "#common/config";
import { Guest } from "../ops/demo/guest.ts";
import { limitsEnv } from "../services/order/config.ts";
import { development, settings } from "./compose/development.ts";
import { noLimits, service } from "./stack/parts/services.ts";

const root = join(import.meta.dirname, "..");
const limits = readConfig(z.object(limitsEnv), {});

/** `npm start` with these settings and no limit of whoever runs the tests. @returns where it is open. */
async function started(set: NodeJS.ProcessEnv): Promise<string> {
  const ours = Object.entries(process.env).filter(([name]) => !(name in limitsEnv));
  const env = { ...Object.fromEntries(ours), PORT: "0", ...set };
  const gorder = spawn(process.execPath, ["--import", "tsx", "dev/start.ts"], { cwd: root, env });
  onTestFinished(async () => {
    gorder.kill();
    if (gorder.exitCode === null) await once(gorder, "exit");
  });
  for await (const line of createInterface(gorder.stdout)) {
    const [, url] = /Gorder is open: (\S+)/.exec(line) ?? [];
    if (url) return url;
  }
  throw new Error("npm start ended before it was open");
}

/** How many orders a guest who pays for none is allowed, asked with one more than `most`. */
async function placedBy(url: string, most: number): Promise<number> {
  const guest = await Guest.arrive(url);
  const [dish] = (await guest.menu()).filter(({ available }) => available > most);
  const answers = [];
  for (let order = 0; order <= most; order++)
    answers.push((await guest.tryOrder([{ productId: dish?.id ?? "", quantity: 1 }])).status);
  expect(answers.at(-1)).toBe(429);
  return answers.filter((status) => status === 201).length;
}

test.each([
  [{}, limits.MAX_OPEN_ORDERS],
  [{ MAX_OPEN_ORDERS: "2" }, 2],
])("npm start keeps the limits of the services, or others by their names: %j", async (set, most) => {
  expect(await placedBy(await started(set), most)).toBe(most);
});

test("npm run stack sets no limit of its own, and --no-limits raises them by their names", () => {
  const { env = {} } = service(development("data"), "order", settings);
  expect(Object.keys(env).filter((name) => name in limitsEnv)).toEqual([]);
  expect(Object.keys(noLimits).filter((name) => !(name in limitsEnv))).toEqual([]);
  expect(readConfig(z.object(limitsEnv), noLimits).ORDERS_PER_MINUTE).toBeGreaterThan(limits.ORDERS_PER_MINUTE);
});

test("what the handbook says of limits is what the services keep", () => {
  const [, text = ""] = /^## Limits\n([^#]+)/m.exec(readFileSync(join(root, "docs", "operations.md"), "utf8")) ?? [];
  const words = text.replace(/\s+/g, " ");
  for (const said of [
    `${limits.ORDERS_PER_MINUTE} orders a minute and guest`,
    `${limits.ORDERS_PER_MINUTE_PER_ADDRESS} orders and ${limits.SESSIONS_PER_MINUTE_PER_ADDRESS} new guests a minute and address`,
    `${limits.MAX_OPEN_ORDERS} unpaid orders a guest`,
    `hold ${limits.MAX_UNPAID_UNITS} dishes at most, those of an address ${limits.MAX_UNPAID_UNITS_PER_ADDRESS}`,
    `${limits.STREAMS_PER_CUSTOMER} event streams are a guest's, ${limits.STREAMS_PER_ADDRESS} an address's`,
    `${limits.STREAMS.toLocaleString("en")} a process's`,
  ])
    expect(words).toContain(said);
});
