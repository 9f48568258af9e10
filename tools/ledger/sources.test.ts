import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { portsFrom } from "../stack/ports.ts";
import { loadSecrets } from "../stack/secrets.ts";
import { bornAt, writeState } from "../stack/state.ts";
import { findSources } from "./sources.ts";

const cluster = {
  MYSQL_URL: "mysql://gorder:password@127.0.0.1:3306/stock",
  MONGODB_URL: "mongodb://127.0.0.1:27017/",
  STRIPE_SECRET_KEY: "sk_test_key",
};

/** The data folder of a stack that runs as long as this process does. */
function runningStack(parts: Record<string, number>) {
  const data = mkdtempSync(join(tmpdir(), "gorder-ledger-"));
  const secretsFile = join(data, "secrets.json");
  const secrets = loadSecrets(secretsFile);
  const startedAt = "2026-01-01T12:00:00.000Z";
  const own = { pid: process.pid, born: bornAt(process.pid), startedAt, data, direct: false, secretsFile };
  writeState({ ...own, ports: portsFrom({}, 100), addresses: {}, pids: parts });
  return { data, secrets };
}

it("the environment names the books of a system elsewhere", () => {
  expect(findSources({ ...cluster, MONGODB_DATABASE: "orders" })).toEqual({
    mysqlUrl: cluster.MYSQL_URL,
    mongodbUrl: cluster.MONGODB_URL,
    mongodbDatabase: "orders",
    provider: { secretKey: "sk_test_key" },
  });
});

it("an environment that names only some of the books is told which are missing", () => {
  expect(() => findSources({ MYSQL_URL: cluster.MYSQL_URL })).toThrow(/MONGODB_URL.*STRIPE_SECRET_KEY/s);
});

it("a running stack is found with its stand-in, which remembers from the stack's start on", () => {
  const { data, secrets } = runningStack({ standin: 1 });
  expect(findSources({ GORDER_DATA: data })).toEqual({
    mysqlUrl: `mysql://gorder:${secrets.mysqlPassword}@127.0.0.1:3406/gorder`,
    mongodbUrl: "mongodb://127.0.0.1:27117/?retryWrites=false",
    provider: { secretKey: secrets.stripeSecretKey, apiUrl: "http://127.0.0.1:8190" },
    moneySince: new Date("2026-01-01T12:00:00Z"),
  });
});

it("a running stack that was started for Stripe has its money there", () => {
  const { data } = runningStack({});
  const sources = findSources({ GORDER_DATA: data, STRIPE_SECRET_KEY: "sk_live_key" });
  expect(sources).toMatchObject({ provider: { secretKey: "sk_live_key" } });
  expect(sources).not.toHaveProperty("moneySince");
});

it("where nothing runs, it is said how to name the books", () => {
  expect(() => findSources({ GORDER_DATA: join(tmpdir(), "gorder-nothing") })).toThrow(/No stack runs.*MYSQL_URL/);
});
