import { timestampDate, timestampFromDate } from "@bufbuild/protobuf/wkt";
import { Router } from "express";
import { z } from "zod";
import { AppError } from "#common/errors";
import type { Money } from "#common/genproto/common/v1/money_pb";
import type { GetTakingsResponse } from "#common/genproto/order/v1/staff_pb";
import { parse } from "#common/http/validate";
import { minorDigits } from "#common/money";
import type { Services } from "../../adapters/services.ts";
import { mayCall } from "../access.ts";
import type { StaffCookie } from "./signIn.ts";

const moment = z.iso
  .datetime({ offset: true, message: "a time such as 2026-01-31T00:00:00Z" })
  .transform((text) => new Date(text));
const query = z.object({ from: moment, until: moment });

/** `/staff/takings.csv?from=…&until=…`: the takings for a spreadsheet, for who may call GetTakings. */
export function takingsCsvRoute({ order }: Pick<Services, "order">, cookie: StaffCookie): Router {
  return Router().get("/staff/takings.csv", async (request, response) => {
    const session = await cookie.of(request, response);
    if (!session) throw new AppError("unauthorized", "Sign in first: /staff/login");
    if (!mayCall(session.roles, "getTakings")) throw new AppError("forbidden", "The takings are the owner's to read");
    const { from, until } = parse(query, request.query);
    const takings = await order.getTakings({ from: timestampFromDate(from), until: timestampFromDate(until) });
    response.set("Cache-Control", "no-store").attachment("takings.csv").type("text/csv; charset=utf-8");
    response.send(tableOf(takings));
  });
}

/** The table (RFC 4180): hours first, then dishes, then means of payment. */
export function tableOf({ hours, dishes, means }: GetTakingsResponse): string {
  const rows = [
    ["kind", "hour, dish or means", "orders or units", "taken", "refunded", "currency"],
    ...hours.map(({ hour, orders, taken, refunded }) => [
      "hour",
      hour ? timestampDate(hour).toISOString() : "",
      String(orders),
      amountOf(taken),
      amountOf(refunded),
      taken?.currency ?? refunded?.currency ?? "",
    ]),
    ...dishes.map(({ name, units, taken }) => [
      "dish",
      name,
      String(units),
      amountOf(taken),
      "",
      taken?.currency ?? "",
    ]),
    ...means.map(({ means: by, orders, taken, refunded }) => [
      "means",
      by || "not known",
      String(orders),
      amountOf(taken),
      amountOf(refunded),
      taken?.currency ?? "",
    ]),
  ];
  return rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/** In major units, with a point and no signs, as spreadsheets take it. */
function amountOf(money: Money | undefined): string {
  if (!money) return "";
  const digits = minorDigits(money.currency);
  return (Number(money.amount) / 10 ** digits).toFixed(digits);
}

/** No cell is a formula, whatever a dish is called; a number that begins with a minus stays one. */
function cell(text: string): string {
  const isFormula = /^[=+\-@\t\r\n]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text);
  const harmless = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
