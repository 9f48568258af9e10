/** The lock on everything that happens to the payment of one order. */
export const lockOf = (orderId: string): string => `payment-${orderId}`;

/** Longer than the provider's slowest answer with all its retries. */
export const lockSeconds = 60;
