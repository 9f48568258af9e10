import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { expect, test } from "vitest";
import { GetTakingsResponseSchema } from "#common/genproto/order/v1/staff_pb";
import { takingsCsv } from "./csv.ts";

const euros = (amount: bigint) => ({ amount, currency: "eur" });
const tableOf = (name: string) =>
  takingsCsv(
    create(GetTakingsResponseSchema, { dishes: [{ productId: "x", name, units: 2, taken: euros(2100n) }] }),
  ).split("\r\n")[1];

test("hours come first, then dishes, each with its currency", () => {
  const takings = create(GetTakingsResponseSchema, {
    hours: [{ hour: timestampFromMs(0), orders: 3, taken: euros(4550n), refunded: euros(380n) }],
    dishes: [{ productId: "margherita", name: "Margherita", units: 2, taken: euros(2100n) }],
  });
  expect(takingsCsv(takings)).toBe(
    "kind,hour or dish,orders or units,taken,refunded,currency\r\n" +
      "hour,1970-01-01T00:00:00.000Z,3,45.50,3.80,eur\r\n" +
      "dish,Margherita,2,21.00,,eur\r\n",
  );
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx"])("a dish that is called %j is no formula", (name) => {
  expect(tableOf(name)).toBe(`dish,'${name},2,21.00,,eur`);
});

test("commas, quotes and new lines stay in their cell", () => {
  expect(tableOf('Fish, "chips"')).toBe('dish,"Fish, ""chips""",2,21.00,,eur');
});
