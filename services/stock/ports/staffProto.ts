import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { moneyMessage } from "#common/connect/money";
import { type ActPage, ActPageSchema } from "#common/genproto/common/v1/act_pb";
import {
  type Dish,
  DishSchema,
  type DishUnits,
  DishUnitsSchema,
  type Movement as MovementMessage,
  MovementSchema,
} from "#common/genproto/stock/v1/staff_pb";
import type { ActRecord, Movement } from "../domain/acts.ts";
import type { Product } from "../domain/product.ts";
import type { Page } from "../domain/staffRepository.ts";
import type { Units } from "../domain/units.ts";
import { toAllergens, toTranslations } from "./proto.ts";
import { toToken } from "./staffRequests.ts";

/** A product as staff see it. */
export function toDish({
  id,
  unitPrice,
  version,
  stripePriceId: _,
  allergens,
  translations,
  ...product
}: Product): Dish {
  const words = { translations: toTranslations(translations) };
  const fields = { ...product, ...words, productId: id, version: BigInt(version) };
  return create(DishSchema, { ...fields, ...toAllergens({ allergens }), unitPrice: moneyMessage(unitPrice) });
}

export function toUnits({ id: productId, ...units }: Units): DishUnits {
  return create(DishUnitsSchema, { productId, ...units });
}

/** What came or went. */
export function toMovement({ at, ...movement }: Movement): MovementMessage {
  return create(MovementSchema, { ...movement, at: timestampFromDate(at) });
}

/** A page of records, with a token when there may be more. */
export function toActPage(records: readonly ActRecord[], page: Page): ActPage {
  return create(ActPageSchema, {
    records: records.map(({ at, ...record }) => ({ ...record, at: timestampFromDate(at) })),
    nextPageToken: nextToken(records, page),
  });
}

/** The token of the page after this one; empty when this is the last. */
export function nextToken(entries: readonly { at: Date; id: string }[], { limit }: Page): string {
  const last = entries.at(-1);
  return last && entries.length === limit ? toToken(last) : "";
}
