import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { z } from "zod";
import { AppError } from "#common/errors";
import { momentOf } from "#common/moment";
import { isBlank, plainText as text, withoutUnseen } from "#common/plainText";
import { byLanguage, dishWords } from "../dishTranslations.ts";
import { allergens, allergensIn } from "../domain/allergens.ts";
import type { Cursor } from "../domain/staffRepository.ts";
import { imageAddress } from "../imageAddress.ts";
import { id, money } from "./requests.ts";

const words = (most: number) => text(most).refine((given) => !isBlank(given), "must not be empty");

/** Without these nobody did anything that could be recorded. */
export const actor = z.object({ requestId: z.uuid().toLowerCase(), subject: words(200) });

/** The rest of an act. */
export const why = z.object({ act: z.object({ name: text(200), reason: text(500) }) });

/** A text as it can be recorded: cut to length, with blanks for characters that nobody sees. */
export const recordable = (given: string, most: number) => withoutUnseen(given).slice(0, most);

const position = z.int().min(-1_000_000).max(1_000_000);
const newId = z.string().regex(/^[a-z0-9-]{1,64}$/, 'must be 1 to 64 of a-z, 0-9 and "-"');

const dish = z.object({
  productId: id,
  name: words(120),
  description: text(1_000),
  category: words(60),
  emoji: text(16),
  unitPrice: money,
  hidden: z.boolean(),
  position,
  allergens: z
    .object({ names: z.array(z.enum(allergens)).max(allergens.length) })
    .optional()
    .transform((given) => given && allergensIn(given.names)),
  image: imageAddress.optional(),
  translations: byLanguage(dishWords),
});

/** What staff may ask for, beside the act itself. */
export const staffRequests = {
  createDish: z.object({ dish: dish.extend({ productId: newId }) }),
  changeDish: z.object({ dish, expectedVersion: z.bigint().transform(Number).pipe(z.int().min(1)) }),
  moveStock: z.object({
    productId: id,
    quantity: z.discriminatedUnion("case", [
      z.object({
        case: z.literal("restock"),
        value: z
          .int()
          .min(-100_000)
          .max(100_000)
          .refine((units) => units !== 0, "must not be 0"),
      }),
      z.object({ case: z.literal("count"), value: z.int().min(0).max(1_000_000) }),
    ]),
  }),
  setSoldOut: z.object({ productId: id, soldOut: z.boolean() }),
  setShop: z.object({ shop: z.object({ closed: z.boolean(), sentence: text(300) }) }),
};

const pageSize = z
  .int()
  .min(0)
  .max(200)
  .transform((size) => size || 50);
const pageToken = z.string().max(200).transform(toCursor);
const moment = (field: string) =>
  z
    .custom<Timestamp>()
    .optional()
    .transform((at) => at && momentOf(at, field));
const wanted = z
  .string()
  .max(200)
  .transform((given) => given || undefined);

/** What may be looked up. */
export const staffQueries = {
  getBooks: z.object({ orderIds: z.array(id).max(100) }),
  listMovements: z.object({ productId: id, pageSize, pageToken }),
  listActs: z.object({
    filter: z
      .object({
        ...{ subject: wanted, action: wanted, target: wanted },
        ...{ from: moment("from"), until: moment("until"), pageSize, pageToken },
      })
      .prefault({ subject: "", action: "", target: "", pageSize: 0, pageToken: "" }),
  }),
};

/** Where the next page begins. */
export function toToken({ at, id }: Cursor): string {
  return `${at.getTime()}.${id}`;
}

function toCursor(token: string): Cursor | undefined {
  if (token === "") return undefined;
  const [, at, id = ""] = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(token) ?? [];
  if (at === undefined) throw new AppError("invalid", "The page token is none of ours: ask for the first page");
  return { at: new Date(Number(at)), id };
}
