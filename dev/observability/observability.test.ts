import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { boards, generatedFiles, presentFiles } from "./files.ts";
import { queries } from "./queries.ts";
import { allAlerts, runbookOf } from "./rules.ts";

const root = join(import.meta.dirname, "..", "..");
const runbooks = join(root, "docs", "runbooks");

test("the chart's dashboards and rules are what the source makes of them (npm run observability)", () => {
  expect(presentFiles()).toEqual(generatedFiles());
});

test("every alert has a runbook, and every runbook an alert", () => {
  const pages = readdirSync(runbooks).map((name) => `docs/runbooks/${name}`);
  expect(pages.sort()).toEqual([...new Set(allAlerts.map(({ name }) => runbookOf(name)))].sort());
});

test.each(readdirSync(runbooks))(
  "%s says what it means, what to look at, what to press, and whether it was tried",
  (name) => {
    const text = readFileSync(join(runbooks, name), "utf8");
    expect(text.startsWith(`# ${name.replace(".md", "")}: `)).toBe(true);
    expect([...text.matchAll(/^## (.*)\n\n(?=\S)/gm)].map(([, heading]) => heading)).toEqual([
      "What it means",
      "What to look at",
      "What to press",
      "Tried",
    ]);
    const links = [...text.matchAll(/\]\((.*?)\)/g)].map(([, target = ""]) => target);
    expect(links.filter((target) => !readdirSync(runbooks).includes(target))).toEqual([]);
  },
);

test("every alert tells in one sentence, and who is woken is woken by few", () => {
  for (const { summary } of allAlerts) expect(summary).toMatch(/^[A-Z{][^\n]*\.$/);
  expect(allAlerts.filter(({ severity }) => severity === "critical").length).toBeLessThanOrEqual(8);
});

test.each(boards)("$name shows every panel once, from the chosen Prometheus", ({ name }) => {
  const { panels } = JSON.parse(generatedFiles()[`dashboards/${name}.json`] ?? "") as {
    panels: { id: number; type: string; datasource?: { uid: string }; gridPos: { x: number; y: number; w: number } }[];
  };
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  expect(new Set(panels.map(({ gridPos: { x, y } }) => `${x},${y}`)).size).toBe(panels.length);
  expect(panels.filter(({ gridPos: { x, w } }) => x + w > 24)).toEqual([]);
  const drawn = panels.filter(({ type }) => type !== "row");
  expect(drawn.length).toBeGreaterThan(5);
  expect(drawn.filter(({ datasource }) => !/^\$\{datasource\}$/.test(datasource?.uid ?? ""))).toEqual([]);
});

test("dashboards and rules ask for no number of ours that no service has", () => {
  const sources = readdirSync(join(root, "services"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => readFileSync(join(root, "services", file), "utf8"))
    .join("\n");
  const made = new Set([...sources.matchAll(/"(gorder_[a-z_]+)"/g)].map(([, name]) => name));
  const asked = new Set(
    queries().flatMap(({ expr }) => [...expr.matchAll(/\b(gorder_[a-z_]+)/g)].map(([, name = ""]) => name)),
  );
  const unknown = [...asked].filter((name) => !made.has(name) && !made.has(name.replace(/_(bucket|count|sum)$/, "")));
  expect(unknown).toEqual([]);
  expect(asked.size).toBeGreaterThan(15);
});
