import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { takeTestPorts } from "../../proof/testing/offsets.ts";
import { startPrometheus } from "../../proof/testing/prometheus.ts";
import { startAlone } from "../../proof/testing/startedAlone.ts";
import { root } from "../stack/parts/services.ts";

type Alert = { labels: Record<string, string>; annotations: Record<string, string>; state: string };

test("a service that ends raises its alert, which names a runbook that is there and goes when the service is back", {
  timeout: 600_000,
}, async () => {
  const { ports, release } = await takeTestPorts();
  onTestFinished(release);
  const port = ports["kitchen-app"];
  const url = await startPrometheus(ports.prometheus, [{ service: "kitchen", port }]);
  const alert = async () => {
    const { data } = (await (await fetch(`${url}/api/v1/alerts`)).json()) as { data: { alerts: Alert[] } };
    return data.alerts.find(({ labels }) => labels.alertname === "GorderServiceDown" && labels.service === "kitchen");
  };
  const up = async () => {
    const query = encodeURIComponent('up{service="kitchen"}');
    const { data } = (await (await fetch(`${url}/api/v1/query?query=${query}`)).json()) as {
      data: { result: { value: [number, string] }[] };
    };
    return data.result[0]?.value[1];
  };
  const patience = { timeout: 180_000, interval: 500 };
  const kitchen = () => startAlone("kitchen", { HEALTH_PORT: String(port) });
  const first = kitchen();
  await expect.poll(up, patience).toBe("1");
  await expect.poll(alert, patience).toBeUndefined();

  first.end();

  const runbook = "docs/runbooks/GorderServiceDown.md";
  await expect.poll(alert, patience).toMatchObject({ state: "firing", annotations: { runbook_url: runbook } });
  expect(existsSync(join(root, runbook))).toBe(true);

  kitchen();

  await expect.poll(alert, patience).toBeUndefined();
});
