import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { jobYaml } from "./job.ts";
import { scenarios, scripts } from "./scenarios.ts";

type Parsed = {
  kind: string;
  data?: Record<string, string>;
  spec?: { template: { spec: { containers: { args: string[] }[] } } };
};

const objects = (yaml: string) => parseAllDocuments(yaml).map((document) => document.toJS() as Parsed);

test.each(scenarios)("the Job of %s has its script, and all that its scripts import", (scenario) => {
  const files = objects(jobYaml(scenario, {})).find(({ kind }) => kind === "ConfigMap")?.data ?? {};
  expect(files).toEqual(scripts());
  expect(Object.keys(files)).toContain(`${scenario}.js`);
  for (const text of Object.values(files)) {
    for (const [, file = ""] of text.matchAll(/from "\.\/([^"]+)"/g)) expect(Object.keys(files)).toContain(file);
  }
});

test("a Job runs its scenario once against the address that it is given", () => {
  const job = objects(jobYaml("soak", { URL: "http://order.shop", RATE: "3" })).find(({ kind }) => kind === "Job");
  const args = job?.spec?.template.spec.containers[0]?.args ?? [];
  expect(args).toEqual(expect.arrayContaining(["URL=http://order.shop", "RATE=3", "/scripts/soak.js"]));
});
