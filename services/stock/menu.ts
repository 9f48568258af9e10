import { readFile } from "node:fs/promises";
import { z } from "zod";
import { AppError } from "#common/errors";
import type { Product } from "./domain/product.ts";

const menu = z.array(
  z.strictObject({
    id: z.string().regex(/^[\x21-\x7e]{1,64}$/),
    name: z.string().min(1).max(200),
    description: z.string().max(1_000),
    category: z.string().min(1).max(100),
    emoji: z.string().max(16),
    unitPrice: z.strictObject({ amount: z.int().min(0).max(99_999_999), currency: z.string().regex(/^[a-z]{3}$/) }),
    stripePriceId: z.string().max(255).default(""),
    /** How many there are at first. */
    stock: z.int().min(0).max(1_000_000),
  }),
);

/** Reads a menu: a JSON array of products. @throws when the file is not there or not a menu. */
export async function readMenu(file: string | URL): Promise<Product[]> {
  const products = menu.safeParse(JSON.parse(await readFile(file, "utf8")));
  if (!products.success) throw new AppError("invalid", `${file} is not a menu:\n${z.prettifyError(products.error)}`);
  const fresh = { reserved: 0, sold: 0, hidden: false, soldOut: false, version: 1 };
  return products.data.map(({ stock, ...product }, position) => ({ ...product, ...fresh, position, available: stock }));
}
