import { expect, test } from "vitest";
import { headLines, markdown, rowLine } from "./report.ts";
import { type Row, violations } from "./round.ts";

const row: Row = {
  fault: "kill -9 of stock",
  rate: 8,
  seconds: 30,
  replicas: 2,
  orders: 120,
  refused: 3,
  gaveUp: 0,
  retries: 40,
  meanwhile: { 503: { times: 38, slowest: 120 } },
  findings: { lost: [], oversold: [], charged: [], withoutEnd: [] },
  recovered: 2300,
  quiet: 21_000,
  problems: [],
};

test("a fault is a line of the table, with as many cells as the head has", () => {
  expect(rowLine(row)).toBe("| kill -9 of stock | 2 | 8 | 120 | 40 | 38 × 503 (120) | 0 | 0 | 0 | 0 | 2.3 | 21.0 |");
  expect(rowLine(row).split("|")).toHaveLength(headLines.split("\n")[0]?.split("|").length ?? 0);
});

test("the table ends with its sums", () => {
  expect(markdown([row, row])).toMatch(/\n\n240 orders, 80 retries\.\n$/);
});

test("a round in which all is well has no violations", () => {
  expect(violations(row)).toEqual([]);
});

test.each<[string, Partial<Row>]>([
  ["whatever the books say", { findings: { ...row.findings, lost: ["an order"] } }],
  ["a guest who gave up", { gaveUp: 1 }],
  ["a wrong answer meanwhile", { problems: ["orders were answered 500"] }],
  ["never accepting again", { recovered: undefined }],
  ["never becoming quiet", { quiet: undefined }],
])("%s is a violation", (_, change) => {
  expect(violations({ ...row, ...change })).toHaveLength(1);
});
