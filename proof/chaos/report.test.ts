import { expect, test } from "vitest";
import { headLines, markdown, rowLine } from "./report.ts";
import { type Row, violations, wrongAnswers } from "./round.ts";

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

test("guests must mostly get the answer that is wanted; what one in ten gets is there to be read", () => {
  const answered = (times: Record<number, number>) =>
    Object.fromEntries(Object.entries(times).map(([status, count]) => [status, { times: count, slowest: 1 }]));
  expect(wrongAnswers(answered({ 201: 18, 409: 5, 0: 3, 503: 2 }), 201)).toEqual([]);
  expect(wrongAnswers(answered({ 201: 9, 503: 2 }), 201)).toEqual(["orders were answered 503 meanwhile, not 201"]);
  expect(wrongAnswers(answered({ 201: 99, 500: 1 }))).toEqual([
    "orders were answered 500 meanwhile, not 201, 409, 503",
  ]);
  expect(wrongAnswers(answered({ 409: 20 }), 503)).toEqual(["no order was answered 503 meanwhile"]);
});
