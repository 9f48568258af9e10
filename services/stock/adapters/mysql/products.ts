import { allergensIn } from "../../domain/allergens.ts";
import type { Product } from "../../domain/product.ts";
import { openShop, type Shop } from "../../domain/shop.ts";
import type { Translations } from "../../domain/translations.ts";
import { type Connection, run, select } from "./database.ts";

type ProductRow = Omit<Product, "unitPrice" | "stripePriceId" | "hidden" | "soldOut" | "allergens" | "translations"> & {
  allergens: string | null;
  translations: string | null;
  price_amount: number;
  price_currency: string;
  stripe_price_id: string;
  hidden: number;
  sold_out: number;
};

const columns = `position, id, name, description, category, emoji, price_amount, price_currency, stripe_price_id,
  available, reserved, sold, hidden, sold_out, version, allergens, image, translations`;

/** What guests read when the shop is closed; nothing when it is open. Read, never locked. */
const closedSentence = "(SELECT sentence FROM shop WHERE id = 1 AND closed)";

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
  return byId(await select<ProductRow>(connection, sql, [[...new Set(ids)]]));
}

/** The same, and whether the shop is open, in the same breath: reserving is no place for another question. */
export async function lockShelf(connection: Connection, ids: readonly string[]) {
  if (ids.length === 0) return { products: new Map<string, Product>(), shop: openShop };
  const sql = `SELECT ${columns}, ${closedSentence} AS closed FROM products FORCE INDEX (PRIMARY)
    WHERE id IN (?) ORDER BY id FOR UPDATE`;
  const rows = await select<ProductRow & { closed: string | null }>(connection, sql, [[...new Set(ids)]]);
  const closed = rows[0]?.closed ?? null;
  const shop: Shop = closed === null ? openShop : { closed: true, sentence: closed };
  return { products: byId(rows.map(({ closed: _, ...row }) => row)), shop };
}

/** Inserts the products that are not there yet, at their place in the list. @returns the ids of the others. */
export async function insertProducts(connection: Connection, menu: readonly Product[]): Promise<string[]> {
  const known = (
    await findProducts(
      connection,
      menu.map(({ id }) => id),
    )
  ).map(({ id }) => id);
  const missing = menu.map((product, position) => ({ ...product, position })).filter(({ id }) => !known.includes(id));
  if (missing.length === 0) return known;
  const sql = `INSERT INTO products (${columns}) VALUES ? ON DUPLICATE KEY UPDATE id = id`;
  await run(connection, sql, [missing.map(toRow)]);
  return known;
}

/** Stores all of a product, which is locked or new; fails when it is new and there is one by now. */
export async function storeProduct(connection: Connection, product: Product, isNew: boolean): Promise<void> {
  if (isNew) return void (await run(connection, `INSERT INTO products (${columns}) VALUES ?`, [[toRow(product)]]));
  const { id, position, name, description, category, emoji, unitPrice, stripePriceId, available } = product;
  const { hidden, soldOut, version, allergens, image } = product;
  await run(
    connection,
    `UPDATE products SET position = ?, name = ?, description = ?, category = ?, emoji = ?, price_amount = ?,
       price_currency = ?, stripe_price_id = ?, available = ?, hidden = ?, sold_out = ?, version = ?,
       allergens = ?, image = ?, translations = ? WHERE id = ?`,
    [
      ...[position, name, description, category, emoji, unitPrice.amount, unitPrice.currency, stripePriceId],
      ...[available, Number(hidden), Number(soldOut), version, allergens?.join() ?? null, image, written(product), id],
    ],
  );
}

function byId(rows: readonly ProductRow[]): Map<string, Product> {
  return new Map(rows.map((row) => [row.id, toProduct(row)]));
}

function toProduct(row: ProductRow): Product {
  const { price_amount, price_currency, stripe_price_id, sold_out, hidden, allergens, translations, ...product } = row;
  return {
    ...product,
    unitPrice: { amount: price_amount, currency: price_currency },
    stripePriceId: stripe_price_id,
    hidden: hidden === 1,
    soldOut: sold_out === 1,
    ...(allergens !== null && { allergens: allergensIn(allergens.split(",")) }),
    ...(translations !== null && { translations: JSON.parse(translations) as Translations }),
  };
}

/** The values of {@link columns}, in their order. */
function toRow(product: Product) {
  const { position, id, name, description, category, emoji, unitPrice, stripePriceId } = product;
  const { available, reserved, sold, hidden, soldOut, version, allergens, image } = product;
  const { amount, currency } = unitPrice;
  const words = [position, id, name, description, category, emoji, amount, currency, stripePriceId];
  return [
    ...words,
    available,
    reserved,
    sold,
    Number(hidden),
    Number(soldOut),
    version,
    allergens?.join() ?? null,
    image,
    written(product),
  ];
}

/** Text, as MariaDB and MySQL read a JSON column differently. */
function written({ translations }: Product): string | null {
  return translations ? JSON.stringify(translations) : null;
}
