import { expect, onTestFinished, test, vi } from "vitest";
import { startTracing } from "#common/startTracing";
import { inSpan } from "#common/tracing";
import { collector } from "../../proof/testing/collector.ts";

test("an OTLP collector hears of spans, with the headers and resource that OpenTelemetry's variables name", async () => {
  const { url, taken } = await collector();
  vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", url);
  vi.stubEnv("OTEL_EXPORTER_OTLP_HEADERS", "x-key=sesame");
  vi.stubEnv("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=shop-1");
  onTestFinished(() => void vi.unstubAllEnvs());
  const end = startTracing({ service: "order", otlp: true, sampleRatio: 1 });
  await inSpan("place an order", {}, async () => {});
  await end();
  expect(taken).toMatchObject([{ path: "/v1/traces", type: "application/x-protobuf", key: "sesame" }]);
  for (const word of [
    "place an order",
    "service.name",
    "order",
    "service.version",
    "deployment.environment.name",
    "shop-1",
  ])
    expect(taken[0]?.body.toString("latin1")).toContain(word);
});
