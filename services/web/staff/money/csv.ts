import { timestampDate } from "@bufbuild/protobuf/wkt";
import type { GetTakingsResponse } from "#common/genproto/order/v1/staff_pb";
import { type Amount, typedAmount } from "./amount.ts";

/** A cell of a table in which nothing is a formula, whatever a dish is called. */
function cell(value: string): string {
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

const money = (amount: Amount | undefined) => (amount ? typedAmount(amount) : "");

/** The takings as a table for spreadsheets (RFC 4180): hours first, then dishes. */
export function takingsCsv({ hours, dishes }: GetTakingsResponse): string {
  const rows = [
    ["kind", "hour or dish", "orders or units", "taken", "refunded", "currency"],
    ...hours.map(({ hour, orders, taken, refunded }) => [
      "hour",
      hour ? timestampDate(hour).toISOString() : "",
      String(orders),
      money(taken),
      money(refunded),
      (taken ?? refunded)?.currency ?? "",
    ]),
    ...dishes.map(({ name, units, taken }) => ["dish", name, String(units), money(taken), "", taken?.currency ?? ""]),
  ];
  return rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}
