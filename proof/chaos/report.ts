import type { Row } from "./round.ts";

const columns = [
  "fault",
  "replicas",
  "guests/s",
  "orders",
  "retries",
  "answers meanwhile (slowest, ms)",
  "lost",
  "oversold",
  "wrongly charged",
  "without an end",
  "orders again after, s",
  "quiet after, s",
];

const seconds = (ms: number | undefined) => (ms === undefined ? "never" : (ms / 1000).toFixed(1));
const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;

function cellsOf(row: Row): (string | number)[] {
  const { fault, replicas, rate, orders, retries, meanwhile, findings, recovered, quiet } = row;
  const answers = Object.entries(meanwhile).map(
    ([status, { times, slowest }]) => `${times} × ${status === "0" ? "none" : status} (${slowest})`,
  );
  const { lost, oversold, charged, withoutEnd } = findings;
  const counts = [lost, oversold, charged, withoutEnd].map(({ length }) => length);
  return [fault, replicas, rate, orders, retries, answers.join(", "), ...counts, seconds(recovered), seconds(quiet)];
}

/** One fault as a line of the table. */
export const rowLine = (row: Row): string => line(cellsOf(row));

/** The head of the table, two lines. */
export const headLines: string = [line(columns), line(columns.map((_, at) => (at === 0 ? "---" : "---:")))].join("\n");

/** The whole table as Markdown, with its sum. */
export function markdown(rows: readonly Row[]): string {
  const orders = rows.reduce((sum, row) => sum + row.orders, 0);
  const retries = rows.reduce((sum, row) => sum + row.retries, 0);
  return `${[headLines, ...rows.map(rowLine)].join("\n")}\n\n${orders} orders, ${retries} retries.\n`;
}
