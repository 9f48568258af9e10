import { expect, inject, test } from "vitest";
import { apps } from "../../../dev/services.ts";
import { root } from "../../../dev/stack/parts/services.ts";
import { run } from "../../../ops/command/run.ts";
import { runHelmTest } from "../chart.ts";
import { isReady, list, type Pod, podsOf } from "../kubectl.ts";

const containers = ({ spec }: Pod) => [...spec.containers, ...(spec.initContainers ?? [])].map(({ name }) => name);

test("helm test places an order and follows it to ready", async () => {
  expect(await runHelmTest()).toMatch(/Phase: +Succeeded/);
});

test("the demo gets its meal through a port-forward", async () => {
  const { code, output } = await run(
    process.execPath,
    ["--import", "tsx", "ops/demo/main.ts", inject("stack").apps.order.url],
    {
      cwd: root,
    },
  );
  expect(code, output).toBe(0);
  expect(output).toContain("The meal is ready.");
});

test.each(apps)("every pod of %s is ready and has a sidecar", async (app) => {
  const unready = async () => (await podsOf(app)).filter((pod) => !isReady(pod)).map(({ metadata }) => metadata.name);
  await expect.poll(unready).toEqual([]);
  const pods = await podsOf(app);
  expect(pods.length).toBeGreaterThan(0);
  for (const pod of pods) expect(containers(pod)).toContain("daprd");
});

test("no other pod has a sidecar", async () => {
  const ours = (await Promise.all(apps.map(podsOf))).flat().map(({ metadata }) => metadata.name);
  const others = (await list<Pod>("pods")).filter(({ metadata }) => !ours.includes(metadata.name));
  expect(others.length).toBeGreaterThan(0);
  expect(others.filter((pod) => containers(pod).includes("daprd")).map(({ metadata }) => metadata.name)).toEqual([]);
});
