/** Whether the shop takes orders. A closed one cooks those that it has. */
export type Shop = {
  readonly closed: boolean;
  /** What guests read while it is closed. */
  readonly sentence: string;
};

/** How every shop begins. */
export const openShop: Shop = { closed: false, sentence: "" };
