import type { Product } from "../../domain/product.ts";
import { type Connection, run, select } from "./database.ts";

type ProductRow = Omit<Product, "unitPrice" | "stripePriceId"> & {
  price_amount: number;
  price_currency: string;
  stripe_price_id: string;
};

const columns =
  "id, name, description, category, emoji, price_amount, price_currency, stripe_price_id, available, reserved, sold";

/** The named products, or all of them, in the menu's order. */
export async function findProducts(connection: Connection, ids?: readonly string[]): Promise<Product[]> {
  if (ids?.length === 0) return [];
  const named = ids ? "WHERE id IN (?)" : "";
  const sql = `SELECT ${columns} FROM products ${named} ORDER BY position, id`;
  return (await select<ProductRow>(connection, sql, ids ? [ids] : [])).map(toProduct);
}

/**
 * The named products, locked until the transaction ends. The primary key is read, and so locked, in its order, whatever
 * order the ids came in: who wants the same products waits, and never in a circle.
 */
export async function lockProducts(connection: Connection, ids: readonly string[]): Promise<Map<string, Product>> {
  if (ids.length === 0) return new Map();
  const sql = `SELECT ${columns} FROM products FORCE INDEX (PRIMARY) WHERE id IN (?) ORDER BY id FOR UPDATE`;
  const rows = await select<ProductRow>(connection, sql, [[...new Set(ids)]]);
  return new Map(rows.map((row) => [row.id, toProduct(row)]));
}

/** Inserts the products that are not there yet. */
export async function insertProducts(connection: Connection, menu: readonly Product[]): Promise<void> {
  if (menu.length === 0) return;
  const sql = `INSERT INTO products (position, ${columns}) VALUES ? ON DUPLICATE KEY UPDATE id = id`;
  await run(connection, sql, [menu.map((product, position) => [position, ...toRow(product)])]);
}

function toProduct({ price_amount, price_currency, stripe_price_id, ...product }: ProductRow): Product {
  return {
    ...product,
    unitPrice: { amount: price_amount, currency: price_currency },
    stripePriceId: stripe_price_id,
  };
}

/** The values of {@link columns}, in their order. */
function toRow(product: Product) {
  const { id, name, description, category, emoji, unitPrice, stripePriceId, available, reserved, sold } = product;
  const { amount, currency } = unitPrice;
  return [id, name, description, category, emoji, amount, currency, stripePriceId, available, reserved, sold];
}
