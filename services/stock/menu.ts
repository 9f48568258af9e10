import { readFile } from "node:fs/promises";
import { z } from "zod";
import { ConfigError } from "#common/config";
import { AppError } from "#common/errors";
import type { Logger } from "#common/logging";
import { findingLines, plainIssue } from "#common/plainIssue";
import { isBlank, withoutUnseen } from "#common/plainText";
import { byLanguage, dishWords } from "./dishTranslations.ts";
import { allergens, allergensIn } from "./domain/allergens.ts";
import { demandPrice } from "./domain/price.ts";
import type { Product } from "./domain/product.ts";
import type { StockRepository } from "./domain/stockRepository.ts";
import { translationsIn } from "./domain/translations.ts";
import { imageAddress } from "./imageAddress.ts";

/** As the staff's page takes it, but that a file may have line breaks. */
const text = (most: number) => z.string().max(most).transform(withoutUnseen);
const words = (most: number) => text(most).refine((given) => !isBlank(given), "must not be empty");

const menu = z.array(
  z.strictObject({
    id: z.string().regex(/^[\x21-\x7e]{1,64}$/),
    name: words(200),
    description: text(1_000),
    category: words(100),
    emoji: z.string().max(16),
    /** What it contains of the 14 allergens; left out: nobody has said. */
    allergens: z.array(z.enum(allergens)).transform(allergensIn).optional(),
    image: imageAddress.default(""),
    /** Name, description and category in other languages, by the language; what is left out stays as it is above. */
    translations: byLanguage(dishWords.strict()).transform(translationsIn).optional(),
    unitPrice: z.strictObject({ amount: z.int().min(0).max(99_999_999), currency: z.string().regex(/^[a-z]{3}$/) }),
    stripePriceId: z.string().max(255).default(""),
    /** How many there are at first. */
    stock: z.int().min(0).max(1_000_000),
  }),
);

/**
 * Puts what is new of a menu on ours. What is there already belongs to the staff, who change it on their page: it stays
 * as it is, and is named.
 */
export async function importMenu(stock: Pick<StockRepository, "add">, file: string | URL, logger: Logger) {
  const products = await readMenu(file);
  const known = await stock.add(products);
  const [added, ignored] = [products.length - known.length, known.join()];
  if (known.length === 0) return logger.info("the menu was read", { added });
  logger.info("the menu was read; dishes that were there already stay as they are", { added, ignored });
}

/**
 * Reads a menu: a JSON array of products. @throws ConfigError when it cannot be read, is not a menu, has a dish twice, or names a
 * price that nobody could pay or that does not go with the others.
 */
export async function readMenu(file: string | URL): Promise<Product[]> {
  const products = menu.safeParse(await readJson(file), { error: plainIssue });
  if (!products.success) throw new ConfigError(`${file} is not a menu:\n${findingLines(products.error, "the menu")}`);
  const ids = products.data.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined)
    throw new ConfigError(`${file} has two dishes with the id ${twice}: each needs one of its own`);
  const currency = products.data[0]?.unitPrice.currency;
  for (const { id, unitPrice } of products.data)
    demandDishPrice(`${file}, ${id}`, () => demandPrice(unitPrice, currency));
  const fresh = { reserved: 0, sold: 0, hidden: false, soldOut: false, version: 1 };
  return products.data.map(({ stock, ...product }, position) => ({ ...product, ...fresh, position, available: stock }));
}

async function readJson(file: string | URL): Promise<unknown> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new ConfigError(`the menu ${file} cannot be read (${error.code}): MENU_FILE names it`);
  });
  try {
    // Editors of some systems put a mark of the text's order of bytes before it.
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    // The parser shows some of what it read, which may be anything.
    const why = (error as Error).message.replace(/[^\x20-\x7e]/g, "?");
    throw new ConfigError(`${file} is not a menu, nor even JSON: ${why}`);
  }
}

function demandDishPrice(where: string, demand: () => void): void {
  try {
    demand();
  } catch (error) {
    throw error instanceof AppError ? new ConfigError(`${where}: ${error.message}`) : error;
  }
}
