import { randomUUID } from "node:crypto";
import { expect, inject, test, vi } from "vitest";
import type { GuestOrder } from "../tools/demo/guest.ts";
import { apps } from "../tools/services.ts";
import { bornAt, runningStack } from "../tools/stack/state.ts";
import { newCustomer } from "./customer.ts";

const pids = () => runningStack(inject("stack").dataFolder)?.pids ?? {};

test("while sidecars are killed orders are refused cleanly, and afterwards everything works in the same processes", async () => {
  const customer = await newCustomer();
  const before = pids();
  // A process that was started again was born later.
  const born = () => apps.map((app) => bornAt(before[app] ?? Number.NaN));
  const bornBefore = born();
  expect(bornBefore).not.toContain("");
  for (const name of ["order-dapr", "payment-dapr"]) process.kill(before[name] ?? Number.NaN, "SIGKILL");

  const refusals: string[] = [];
  const headers = { "idempotency-key": randomUUID() };
  const order = await vi.waitUntil(
    () =>
      customer.order(headers).catch((error: Error): GuestOrder | undefined => {
        refusals.push(error.message);
        return undefined;
      }),
    { timeout: 30_000, interval: 100 },
  );
  expect(refusals.length).toBeGreaterThan(0);
  for (const refusal of refusals) expect(refusal).toMatch(/answered 503: .*"type":"\/problems\/unavailable"/);
  await customer.payAndFetch(order.id);
  expect(born()).toEqual(bornBefore);
  await vi.waitFor(() => expect(pids()["payment-dapr"]).not.toBe(before["payment-dapr"]));
});
