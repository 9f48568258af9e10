import type { Page } from "../../domain/staffRepository.ts";
import { type Connection, type Parameter, select } from "./database.ts";

/**
 * One page of rows that have an `at` and an `id`, newest first. @param select what is selected of which table.
 * @param wanted conditions, each with its value; one without a value does not count.
 */
export function pageOf<R>(
  connection: Connection,
  selected: string,
  wanted: readonly [condition: string, value: Parameter | undefined][],
  { limit, after }: Page,
): Promise<R[]> {
  const set = wanted.filter((one): one is [string, Parameter] => one[1] !== undefined);
  const conditions = set.map(([condition]) => condition);
  const values = set.map(([, value]) => value);
  if (after) {
    conditions.push("(at < ? OR (at = ? AND id < ?))");
    values.push(after.at, after.at, after.id);
  }
  const where = conditions.length > 0 ? `WHERE ${conditions.join(" AND ")}` : "";
  return select<R>(connection, `${selected} ${where} ORDER BY at DESC, id DESC LIMIT ?`, [...values, limit]);
}
