import { openShop, type Shop } from "../../domain/shop.ts";
import { type Connection, run, select } from "./database.ts";

type ShopRow = { closed: number; sentence: string };

/** Whether the shop takes orders. */
export async function findShop(connection: Connection): Promise<Shop> {
  const [row] = await select<ShopRow>(connection, "SELECT closed, sentence FROM shop WHERE id = 1");
  return row ? { closed: row.closed === 1, sentence: row.sentence } : openShop;
}

/** The same, locked until the transaction ends. */
export async function lockShop(connection: Connection): Promise<Shop> {
  const [row] = await select<ShopRow>(connection, "SELECT closed, sentence FROM shop WHERE id = 1 FOR UPDATE");
  return row ? { closed: row.closed === 1, sentence: row.sentence } : openShop;
}

/** Opens or closes it. */
export async function storeShop(connection: Connection, { closed, sentence }: Shop): Promise<void> {
  const sql = "REPLACE INTO shop (id, closed, sentence) VALUES (1, ?, ?)";
  await run(connection, sql, [Number(closed), sentence]);
}
