import type { Handler } from "#common/decorator/observed";
import type { ActRecord, Movement } from "../../domain/acts.ts";
import type { ActFilter, Page, StaffRepository } from "../../domain/staffRepository.ts";

export type ListActs = { readonly filter: ActFilter; readonly page: Page };
export type ListMovements = { readonly productId: string; readonly page: Page };

/** Records of acts, newest first. */
export function listActs(staff: StaffRepository): Handler<ListActs, readonly ActRecord[]> {
  return ({ filter, page }) => staff.acts(filter, page);
}

/** Movements of a product, newest first. */
export function listMovements(staff: StaffRepository): Handler<ListMovements, readonly Movement[]> {
  return ({ productId, page }) => staff.movements(productId, page);
}
