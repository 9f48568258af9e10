import type { Pile } from "./product.ts";

/** Where the units of a dish came from, and where they are. Right when the first two come to what the piles do. */
export type Units = Readonly<Record<Pile, number>> & {
  readonly id: string;
  /** What it began with. */
  readonly initial: number;
  /** What all of its movements added. */
  readonly moved: number;
};
