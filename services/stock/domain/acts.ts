import type { ErrorKind } from "#common/errors";
import type { Product } from "./product.ts";
import type { Shop } from "./shop.ts";

/** Who of the staff does something, and why. A second act with the same id changes nothing. */
export type Act = {
  readonly id: string;
  readonly subject: string;
  readonly name: string;
  readonly reason: string;
};

/** An act as it is asked for. */
export type Asked = Act & {
  /** What is done: "dish.restock". */
  readonly action: string;
  /** A product's id, or {@link theShop}. */
  readonly target: string;
  /** Stands for all that is asked: who repeats an act asks for the same. */
  readonly content: string;
  readonly at: Date;
  readonly traceId: string;
};

/** The target of acts on the shop itself. */
export const theShop = "shop";

/** What somebody did, or was refused. Never changed. */
export type ActRecord = Omit<Asked, "content"> & {
  /** The changed fields before and after, as JSON. */
  readonly before: string;
  readonly after: string;
  /** Why it was refused; empty when it was done. */
  readonly refusal: string;
};

/** Units of a product that came, or were found to be missing. */
export type Movement = {
  /** The act's id. */
  readonly id: string;
  readonly productId: string;
  /** What it added to the available units. */
  readonly quantity: number;
  readonly subject: string;
  readonly reason: string;
  readonly at: Date;
};

/** What an act finds. */
export type Found = {
  /** The product that is its target, if there is one. */
  readonly dish: Product | undefined;
  readonly shop: Shop;
  /** The currency of the other dishes; undefined when there are none. */
  readonly currency: string | undefined;
  /** Earlier acts on the target that were done, newest first; only when they were asked for. */
  readonly history: readonly ActRecord[];
};

/** What becomes of what an act found; `moved`: so many units came, which are in the dish's available ones already. */
export type Effect = { readonly dish: Product; readonly moved?: number } | { readonly shop: Shop };

/** What an act was answered. */
export type Done = { readonly dish?: Product; readonly movement?: Movement; readonly shop?: Shop };

/** An act as it is kept: with what it takes to answer a repeat as the first. */
export type KeptAct = {
  readonly record: ActRecord;
  readonly content: string;
  readonly answer: Done;
  /** Set when it was refused. */
  readonly refusalKind?: ErrorKind | undefined;
};
