import { readFileSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { listen } from "#common/http/listen";
import { silentLogger } from "#common/logging";
import { createMetrics } from "#common/metrics";
import { publicApp } from "#common/service";

const actions = readFileSync(new URL("../../tilt/actions.Tiltfile", import.meta.url), "utf8");

test("what the first order waits for is answered on the port for guests, which Tilt forwards", async () => {
  const [, path] = /curl [^']*%s(\/\S+)/.exec(actions) ?? [];
  expect(path).toBeDefined();
  const service = { name: "order", checks: {}, metrics: createMetrics("order", false), close: async () => {} };
  const { port, close } = await listen(publicApp(service, silentLogger), "127.0.0.1", 0);
  onTestFinished(() => close(0));
  expect((await fetch(`http://127.0.0.1:${port}${path}`)).status).toBe(200);
});
