import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { expect, onTestFinished, test, vi } from "vitest";
import { startTracing } from "#common/startTracing";
import { inSpan } from "#common/tracing";

type Taken = { path: string | undefined; type: string | undefined; key: string | string[] | undefined; body: string };

async function collector() {
  const taken: Taken[] = [];
  const server = createServer(async (request, response) => {
    const body = (await buffer(request)).toString("latin1");
    const { "content-type": type, "x-key": key } = request.headers;
    taken.push({ path: request.url, type, key, body });
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, taken };
}

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
    expect(taken[0]?.body).toContain(word);
});
