import { randomUUID } from "node:crypto";
import { expect, inject, it, vi } from "vitest";
import { connectSidecar } from "#common/dapr/sidecar";
import { silentLogger } from "#common/logging";
import { freshSeconds, sharedPrices } from "./sharedPrices.ts";

it("shares prices through a real sidecar's state store, and renews them there", async () => {
  const { testSidecar, daprApiToken } = inject("stack");
  const { state } = connectSidecar({ grpcPort: testSidecar.grpcPort, apiToken: daprApiToken });
  const id = `price_${randomUUID()}`;
  let time = Date.now();
  const read = vi.fn(async () => ({ amount: 990, currency: "eur" }));
  const replica = () => sharedPrices(read, state, silentLogger, () => time);

  expect(await replica()(id)).toEqual({ amount: 990, currency: "eur" });
  expect(await replica()(id)).toEqual({ amount: 990, currency: "eur" });
  expect(read).toHaveBeenCalledTimes(1);

  time += (freshSeconds + 1) * 1_000;
  read.mockResolvedValue({ amount: 1_090, currency: "eur" });
  expect(await replica()(id)).toEqual({ amount: 1_090, currency: "eur" });
  expect(await replica()(id)).toEqual({ amount: 1_090, currency: "eur" });
  expect(read).toHaveBeenCalledTimes(2);
});
