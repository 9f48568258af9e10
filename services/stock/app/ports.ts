/** What stock asks the order service. */
export type Orders = {
  /**
   * Whether an order needs the items that are reserved for it, or will: false when there is no such order, or it is at
   * an end that needs none. @throws AppError "unavailable" when nobody can say.
   */
  needItems(orderId: string): Promise<boolean>;
};
