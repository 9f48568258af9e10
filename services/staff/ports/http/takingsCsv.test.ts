import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { expect, test } from "vitest";
import { GetTakingsResponseSchema } from "#common/genproto/order/v1/staff_pb";
import { behind } from "../../testing/fakes.ts";
import { cookieOf, staffHttp } from "../../testing/staff.ts";
import { tableOf } from "./takingsCsv.ts";

const evening = "from=2026-01-01T00:00:00Z&until=2026-01-02T00:00:00Z";

async function get(role: "owner" | "cashier" | undefined, query = evening) {
  const { url } = await staffHttp({ routes: behind().routes });
  const headers = role ? { cookie: await cookieOf([role]) } : {};
  const response = await fetch(`${url}/staff/takings.csv?${query}`, { headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

test("the owner gets the takings as a table for spreadsheets", async () => {
  const { status, headers, text } = await get("owner");
  expect([status, headers.get("content-type")]).toEqual([200, "text/csv; charset=utf-8"]);
  expect(headers.get("content-disposition")).toBe("attachment; filename=takings.csv");
  expect(text).toContain(`dish,"'=HYPERLINK(""http://evil"")",2,18.50,,eur\r\n`);
});

test.each([
  ["a cashier", "cashier", evening, 403],
  ["nobody", undefined, evening, 401],
  ["an owner who does not say when", "owner", "from=yesterday", 400],
] as const)("%s does not", async (_, role, query, status) => {
  const answer = await get(role, query);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([
    status,
    "application/problem+json; charset=utf-8",
  ]);
});

test.each([
  ["isk", 149_000n, "1490.00"],
  ["huf", 149_000n, "1490.00"],
  ["idr", 149_000n, "1490.00"],
  ["cop", 149_000n, "1490.00"],
  ["pkr", 149_000n, "1490.00"],
  ["jpy", 1_490n, "1490"],
  ["kwd", 1_490n, "1.490"],
])("takings in %s are in whole units of it, as the payment provider counts them", (currency, amount, text) => {
  const taken = { amount, currency };
  const takings = create(GetTakingsResponseSchema, {
    hours: [{ orders: 1, taken, refunded: { amount: 0n, currency } }],
    dishes: [{ name: "Soup", units: 1, taken }],
    means: [{ means: "card", orders: 1, taken, refunded: taken }],
  });
  const columns = tableOf(takings)
    .split("\r\n")
    .map((row) => row.split(",")[3]);
  expect(columns.slice(1, 4)).toEqual([text, text, text]);
});

test("what was paid with what comes last, with what of it went back", () => {
  const eur = (amount: bigint) => ({ amount, currency: "eur" });
  const means = [
    { means: "card", orders: 3, taken: eur(3000n), refunded: eur(250n) },
    { means: "", orders: 1, taken: eur(500n), refunded: eur(0n) },
    { means: "=1+1", orders: 1, taken: eur(1n), refunded: eur(0n) },
  ];
  const rows = tableOf(create(GetTakingsResponseSchema, { means })).split("\r\n");
  expect(rows.slice(1)).toEqual([
    "means,card,3,30.00,2.50,eur",
    "means,not known,1,5.00,0.00,eur",
    "means,'=1+1,1,0.01,0.00,eur",
    "",
  ]);
});

test("no cell is a formula, and amounts are whole numbers of nothing but the currency's own parts", () => {
  const names = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", 'say "hi", twice', "Soup"];
  const dishes = names.map((name) => ({ name, units: 1, taken: { amount: 900n, currency: "jpy" } }));
  const hours = [{ hour: timestampFromMs(0), orders: 1, taken: { amount: -105n, currency: "eur" } }];
  const rows = tableOf(create(GetTakingsResponseSchema, { hours, dishes })).split("\r\n");
  expect(rows[1]).toBe("hour,1970-01-01T00:00:00.000Z,1,-1.05,,eur");
  expect(rows.slice(2).map((row) => row.replace(/^dish,/, ""))).toEqual([
    "'=1+1,1,900,,jpy",
    "'+1,1,900,,jpy",
    "'-1+1,1,900,,jpy",
    "'@SUM(A1),1,900,,jpy",
    "'\t=1,1,900,,jpy",
    `"'\r=1",1,900,,jpy`,
    '"say ""hi"", twice",1,900,,jpy',
    "Soup,1,900,,jpy",
    "",
  ]);
});
