import { randomBytes } from "node:crypto";
import { batched } from "#common/batch";
import { endWith, readWords, WrongWord } from "../../ops/command/words.ts";
import { openPool, run, withConnection } from "../../services/stock/adapters/mysql/database.ts";
import { migrate } from "../../services/stock/adapters/mysql/migrations.ts";
import { mysqlStock } from "../../services/stock/adapters/mysql/stock.ts";
import type { ReservationRequest } from "../../services/stock/domain/allot.ts";
import type { StockRepository } from "../../services/stock/domain/stockRepository.ts";
import { anOrder, aProduct, ledgerOf, noPrices } from "../../services/stock/testing.ts";

const seconds = 5;
const units = 10_000_000;
readWords("npm run bench:stock   reservations/s in MySQL; MYSQL_URL names a server where it may make a database");
const server = process.env.MYSQL_URL ?? "";
if (server === "") {
  endWith(new WrongWord("MYSQL_URL is missing: a server where this may make a database, and drop it afterwards"));
  process.exit();
}

/** Orders/s and the slowest 1 % of so many buyers, each of whom orders again when the last order is answered. */
async function measure(buyers: number, reserve: (request: ReservationRequest) => Promise<unknown>) {
  const end = performance.now() + seconds * 1_000;
  const times: number[] = [];
  const buyer = async () => {
    while (performance.now() < end) {
      const started = performance.now();
      await reserve(anOrder({ soup: 1, tea: 1 }));
      times.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: buyers }, buyer));
  const slowest = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0;
  return { orders: Math.round(times.length / seconds), p99: slowest.toFixed(1), served: times.length };
}

const alone = (stock: StockRepository) => (request: ReservationRequest) => stock.reserve([request], noPrices);
const together = (stock: StockRepository) =>
  batched((requests: readonly ReservationRequest[]) => stock.reserve(requests, noPrices), 500);

const name = `stock_bench_${randomBytes(6).toString("hex")}`;
const admin = openPool(server, 1);
await withConnection(admin, (connection) => run(connection, `CREATE DATABASE ${name}`));
const address = new URL(server);
address.pathname = `/${name}`;
const pool = openPool(address.href, 16);
try {
  await migrate(pool);
  const stock = mysqlStock(pool);
  await stock.add([aProduct("soup", { available: units }), aProduct("tea", { available: units })]);
  process.stdout.write("two-line orders on two hot products       buyers  orders/s  p99 ms\n");
  let served = 0;
  for (const [how, reserve] of [
    ["one transaction an order", alone(stock)],
    ["orders that arrive together", together(stock)],
  ] as const) {
    for (const buyers of [1, 8, 32, 128]) {
      const result = await measure(buyers, reserve);
      served += result.served;
      const columns = [String(buyers).padStart(8), String(result.orders).padStart(9), result.p99.padStart(7)];
      process.stdout.write(`${how.padEnd(40)}${columns.join(" ")}\n`);
    }
  }
  const { tea } = await ledgerOf(stock);
  if (tea?.[1] !== served) throw new Error(`${served} orders were served, but ${tea?.[1]} units are reserved`);
} finally {
  await pool.end();
  await withConnection(admin, (connection) => run(connection, `DROP DATABASE ${name}`));
  await admin.end();
}
