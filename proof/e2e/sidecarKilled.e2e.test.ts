import { randomUUID } from "node:crypto";
import { expect, inject, test, vi } from "vitest";
import { apps } from "../../dev/services.ts";
import { runningStack } from "../../dev/stack/state.ts";
import { bornAt } from "../../ops/command/alive.ts";
import type { GuestOrder } from "../../ops/demo/guest.ts";
import { newCustomer } from "./customer.ts";

const pids = () => runningStack(inject("stack").dataFolder)?.pids ?? {};
const killed = ["order-dapr", "payment-dapr"];
const within = { timeout: 60_000, interval: 100 };

/** The stack may not have written down yet that it is gone. */
function killIfThere(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

test("while sidecars are killed orders are refused cleanly, and afterwards everything works in the same processes", async () => {
  const customer = await newCustomer();
  const before = pids();
  // A process that was started again was born later.
  const born = () => apps.map((app) => bornAt(before[app] ?? Number.NaN));
  const bornBefore = born();
  expect(bornBefore).not.toContain("");

  const refusals: string[] = [];
  let headers: Record<string, string> = {};
  const attempt = () =>
    customer.order(headers).catch((error: Error): GuestOrder | undefined => {
      refusals.push(error.message);
      return undefined;
    });
  // A sidecar that came back before anybody ordered is killed again.
  await expect
    .poll(async () => {
      for (const name of killed) killIfThere(pids()[name]);
      headers = { "idempotency-key": randomUUID() };
      return attempt();
    }, within)
    .toBeUndefined();
  const order = await vi.waitUntil(attempt, within);
  for (const refusal of refusals) expect(refusal).toMatch(/answered 503: .*"type":"\/problems\/unavailable"/);
  await customer.payAndFetch(order.id);
  expect(born()).toEqual(bornBefore);
  // So long, as whoever tests next is to find every process where it stays.
  const isBack = (name: string) => ![undefined, before[name]].includes(pids()[name]);
  await expect.poll(() => killed.filter((name) => !isBack(name)), within).toEqual([]);
});
