/** The lock on everything that happens to the payment of one order. */
export const lockOf = (orderId: string): string => `payment-${orderId}`;

/**
 * Enough for what the provider usually needs. A process that dies with the lock holds its order up for this long; one
 * that is slower than this loses it, and then the guards hold alone.
 */
export const lockSeconds = 10;
