import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { bornAt } from "../../ops/command/alive.ts";
import { variablesHere } from "../../ops/command/here.ts";
import { brokerUrl } from "../../ops/dlq/broker.ts";
import { findSources } from "../../ops/ledger/sources.ts";
import { portsFrom } from "./ports.ts";
import { loadSecrets } from "./secrets.ts";
import { removeState, writeVariables } from "./state.ts";
import { variablesOf } from "./variables.ts";

const startedAt = "2026-01-01T12:00:00.000Z";

/** The data folder of a stack that runs as long as this process does, or is gone already. */
function runningStack({ stripe, born = bornAt(process.pid) }: { stripe?: object; born?: string } = {}) {
  const data = mkdtempSync(join(tmpdir(), "gorder-variables-"));
  onTestFinished(() => rmSync(data, { recursive: true }));
  const secrets = loadSecrets(join(data, "secrets.json"));
  const context = { data, ports: portsFrom({}, 100), secrets, programs: {} as never };
  writeVariables(data, variablesOf(context, { pid: process.pid, born, startedAt, stripe }));
  return { data, secrets };
}

test("the ledger finds a running stack with its stand-in, which remembers from the stack's start on", () => {
  const { data, secrets } = runningStack();
  expect(findSources({ GORDER_DATA: data })).toEqual({
    mysqlUrl: `mysql://gorder:${secrets.mysqlPassword}@127.0.0.1:3406/gorder`,
    mongodbUrl: "mongodb://127.0.0.1:27117/?retryWrites=false",
    provider: { secretKey: secrets.stripeSecretKey, apiUrl: "http://127.0.0.1:8190" },
    moneySince: new Date(startedAt),
  });
});

test("a running stack that was started for Stripe has its money there, by a key that it does not write down", () => {
  const { data } = runningStack({ stripe: {} });
  const sources = findSources({ GORDER_DATA: data, STRIPE_SECRET_KEY: "sk_live_key" });
  expect(sources).toMatchObject({ provider: { secretKey: "sk_live_key" } });
  expect(sources).not.toHaveProperty("moneySince");
  expect(variablesHere({ GORDER_DATA: data })).not.toHaveProperty("STRIPE_SECRET_KEY");
});

test("dead letters are looked for at the running stack's broker, unless another one is named", () => {
  const { data, secrets } = runningStack();
  expect(brokerUrl({ GORDER_DATA: data })).toContain(`:${secrets.rabbitmqPassword}@127.0.0.1:`);
  expect(brokerUrl({ GORDER_DATA: data, RABBITMQ_URL: "amqp://elsewhere" })).toBe("amqp://elsewhere");
});

test("what a stack left that died without a word, or has ended, is no running one", () => {
  const dead = runningStack({ born: "another process" });
  expect(variablesHere({ GORDER_DATA: dead.data })).toBeUndefined();
  const ended = runningStack();
  removeState(ended.data);
  expect(variablesHere({ GORDER_DATA: ended.data })).toBeUndefined();
});

test("keys are for the owner's eyes alone", () => {
  expect(statSync(join(runningStack().data, "stack.env")).mode & 0o077).toBe(0);
});
