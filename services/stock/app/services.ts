/** What stock asks the order service. */
export type Orders = {
  /**
   * Whether these orders need the items that are reserved for them, or will: false when there is no such order, or it is at
   * an end that needs none. Each has an answer of its own, in their order; rejected when nobody can say.
   * @throws AppError "unavailable" when the order service does not answer at all.
   */
  needItems(orderIds: readonly string[]): Promise<readonly PromiseSettledResult<boolean>[]>;
};
