import type { Handler } from "#common/decorator/observed";
import type { AppError } from "#common/errors";
import type { Act, Asked, Done, Effect, Found } from "../../domain/acts.ts";
import { changeDish, count, createDish, type DishFields, restock, setSoldOut } from "../../domain/dish.ts";
import type { PriceList } from "../../domain/priceList.ts";
import type { Shop } from "../../domain/shop.ts";
import type { StaffRepository } from "../../domain/staffRepository.ts";

/** An act as it comes in; when it happens is for us to say. */
export type AskedNow = Act & Pick<Asked, "action" | "target" | "content">;

/** The present moment in the present trace. */
export type Now = () => Pick<Asked, "at" | "traceId">;

type StaffActsDeps = { staff: StaffRepository; prices: PriceList; now: Now };

export type PutDish = {
  readonly act: AskedNow;
  readonly id: string;
  readonly fields: DishFields;
  /** The version that was changed; 0 for a new dish. */
  readonly expectedVersion: number;
};
export type MoveStock = { readonly act: AskedNow; readonly move: { readonly as: "restock" | "count"; units: number } };
export type SetSoldOut = { readonly act: AskedNow; readonly soldOut: boolean };
export type SetShop = { readonly act: AskedNow; readonly shop: Shop };
/** An act whose request is not valid: nothing is done, but somebody tried. */
export type RefuseAct = { readonly act: AskedNow; readonly refusal: AppError };

/** What staff can do. Each throws as {@link StaffRepository.perform} does. */
export function staffActs({ staff, prices, now }: StaffActsDeps) {
  const perform = (act: AskedNow, decide: (found: Found) => Effect, history = false): Promise<Done> =>
    staff.perform({ ...act, ...now() }, decide, { history });

  const putDish: Handler<PutDish, Done> = async ({ act, id, fields, expectedVersion }) => {
    if (expectedVersion === 0) return perform(act, (found) => createDish(found, id, fields));
    // Asked before the dish is locked: nothing may wait for the network meanwhile.
    const shown = (await prices.pricesOf([id])).get(id);
    return perform(act, (found) => changeDish(found, fields, expectedVersion, shown), true);
  };
  const moveStock: Handler<MoveStock, Done> = ({ act, move: { as, units } }) =>
    perform(act, (found) => (as === "restock" ? restock(found, units) : count(found, units)));
  const sellOut: Handler<SetSoldOut, Done> = ({ act, soldOut }) => perform(act, (found) => setSoldOut(found, soldOut));
  const setShop: Handler<SetShop, Done> = ({ act, shop }) => perform(act, () => ({ shop }));
  const refuseAct: Handler<RefuseAct, Done> = ({ act, refusal }) =>
    perform(act, () => {
      throw refusal;
    });
  return { putDish, moveStock, setSoldOut: sellOut, setShop, refuseAct };
}
