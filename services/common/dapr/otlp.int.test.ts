import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { tokenHeader } from "#common/http/appToken";
import { collector } from "../../../proof/testing/collector.ts";
import { makeSecuredPlace, type Secured } from "../../../proof/testing/secured.ts";
import { securedSidecar } from "../../../proof/testing/securedSidecar.ts";

let place: Secured;
beforeAll(async () => {
  place = await makeSecuredPlace();
});
afterAll(() => place.end());

test("a sidecar sends the spans of a trace that is kept to an OpenTelemetry collector, by HTTP with protobuf", async () => {
  const { context, fleet } = place;
  const { host, taken } = await collector();
  await fleet.start("sidecars", securedSidecar(place, { otlp: host }));
  const traceId = randomBytes(16);
  const traceparent = `00-${traceId.toString("hex")}-${randomBytes(8).toString("hex")}-01`;
  const url = `http://127.0.0.1:${context.ports["testapp-dapr-http"]}/v1.0/invoke/nobody/method/x`;
  await fetch(url, { headers: { traceparent, [tokenHeader]: context.secrets.daprApiToken } });
  await vi.waitFor(() => expect(taken.some(({ body }) => body.includes(traceId))).toBe(true), { timeout: 60_000 });
  expect(taken[0]).toMatchObject({ path: "/v1/traces", type: "application/x-protobuf" });
  expect(taken[0]?.body.includes("testapp")).toBe(true);
});
