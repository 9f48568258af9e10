import type { ActRecord, Asked, Done, Effect, Found, Movement } from "./acts.ts";
import type { Units } from "./units.ts";

/** Where a page begins: after this entry, counted from the newest. */
export type Cursor = { readonly at: Date; readonly id: string };

/** One page of something, newest first. */
export type Page = { readonly limit: number; readonly after?: Cursor | undefined };

/** Which records of acts are wanted: every field that is set has to match. */
export type ActFilter = {
  readonly subject?: string | undefined;
  readonly action?: string | undefined;
  readonly target?: string | undefined;
  /** The first and the last moment, both included. */
  readonly from?: Date | undefined;
  readonly until?: Date | undefined;
};

/** What staff do with dishes and the shop. Every method may throw an AppError "unavailable". */
export type StaffRepository = {
  /**
   * Does an act in one step: what `decide` makes of what is there, the movement of units and the act's record are stored
   * together or not at all. When `decide` throws an AppError nothing is changed, and the refusal is recorded.
   * A repeat of an act is answered as the first, also when that was refused.
   * @throws what `decide` threw; AppError "idempotency_key_reused" when the id belongs to another act.
   */
  perform(asked: Asked, decide: (found: Found) => Effect, options?: { history?: boolean }): Promise<Done>;
  /** Movements of a product, newest first. */
  movements(productId: string, page: Page): Promise<readonly Movement[]>;
  /** The units of every dish in the menu's order, read in one moment. */
  units(): Promise<readonly Units[]>;
  /** Records of acts, newest first. */
  acts(filter: ActFilter, page: Page): Promise<readonly ActRecord[]>;
};
