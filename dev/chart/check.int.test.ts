import { expect, test } from "vitest";
import { checkAll } from "./check.ts";
import type { KubeObject } from "./render.ts";
import { schemaFindings } from "./schemas.ts";

test("the chart is right with every example's values, and so are the load tests' Jobs", {
  timeout: 600_000,
}, async () => {
  const verdicts = [];
  for await (const verdict of checkAll(false)) verdicts.push(verdict);
  expect(verdicts.filter(({ findings }) => findings.length > 0)).toEqual([]);
  expect(verdicts.length).toBeGreaterThan(10);
});

const metadata = { name: "planted" };

test.each<[string, KubeObject & { spec: object }]>([
  [
    "'backOffLimit' was unexpected",
    { apiVersion: "batch/v1", kind: "Job", metadata, spec: { backOffLimit: 1, template: {} } },
  ],
  [
    "'three' is not of type 'integer'",
    { apiVersion: "apps/v1", kind: "Deployment", metadata, spec: { replicas: "three", selector: {}, template: {} } },
  ],
  [
    "'valeu' was unexpected",
    {
      apiVersion: "dapr.io/v1alpha1",
      kind: "Component",
      metadata,
      spec: { type: "pubsub.rabbitmq", version: "v1", metadata: [{ name: "durable", valeu: "true" }] },
    },
  ],
  [
    "has no policy/v1beta1 PodDisruptionBudget",
    { apiVersion: "policy/v1beta1", kind: "PodDisruptionBudget", metadata, spec: {} },
  ],
])("an object is refused by its schema: %s", { timeout: 300_000 }, async (finding, object) => {
  expect(await schemaFindings([object])).toContainEqual(expect.stringContaining(finding));
});
