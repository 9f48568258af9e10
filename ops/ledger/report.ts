import type { Books, Status } from "./books.ts";
import { written } from "./books.ts";
import type { Verdict } from "./judge.ts";
import { moneyTotals } from "./moneyFaults.ts";

const statuses: readonly Status[] = [
  "pending",
  "waiting_for_payment",
  "paid",
  "cooking",
  "ready",
  "cancelled",
  "refunded",
];

/** At most so many lines of one kind are shown. */
const most = 50;

/** The three-way ledger as people read it, with every fault in one line. */
export function report({ books, faults, underWay }: Verdict): string {
  const stock = ["product", "began with", "moved", "available", "reserved", "sold"];
  const money = ["money", "taken", "given back", "kept", "orders that count as paid"];
  return [
    table([stock, ...stockRows(books)]),
    table([money, ...moneyRows(books)]),
    table([["orders", ...statuses.map((status) => status.replaceAll("_", " "))], orderRow(books)]),
    ...(underWay.length > 0 ? [`Under way: ${underWay.length}`] : []),
    ...verdictLines(books, faults),
  ].join("\n\n");
}

/** Products of which nothing was ever sold or reserved are only counted. */
function stockRows({ products }: Books): string[][] {
  const isTouched = (product: Books["products"][number]) =>
    product.available !== product.initial || product.moved !== 0;
  const rows = products
    .filter(isTouched)
    .slice(0, most)
    .map(({ id, ...piles }) => [
      id,
      ...[piles.initial, piles.moved, piles.available, piles.reserved, piles.sold].map(String),
    ]);
  const left = products.length - rows.length;
  return left > 0 ? [...rows, [`${left} others`]] : rows;
}

function moneyRows(books: Books): string[][] {
  return [...moneyTotals(books)].map(([currency, { taken, refunded, orders }]) => {
    const amounts = [taken, refunded, taken - refunded, orders];
    return ["", ...amounts.map((amount) => written({ amount, currency }))];
  });
}

function orderRow({ orders }: Books): string[] {
  const count = (status: Status) => orders.filter((order) => order.status === status).length;
  return [String(orders.length), ...statuses.map((status) => String(count(status)))];
}

function verdictLines({ orders, products, checkouts }: Books, faults: readonly string[]): string[] {
  if (faults.length === 0)
    return [`The books balance: ${products.length} products, ${orders.length} orders, ${checkouts.length} checkouts.`];
  const rest = faults.length - most;
  const shown = faults.slice(0, most).map((fault) => `  ${fault}`);
  return [
    [`The books do not balance:`, ...shown, ...(rest > 0 ? [`  and ${rest} more (--json has all)`] : [])].join("\n"),
  ];
}

/** Columns as wide as they must be: the first to the left, numbers to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)));
  return rows.map((row) => line(row).join("  ").trimEnd()).join("\n");
}
