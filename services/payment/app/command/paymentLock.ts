import type { Locks } from "#common/dapr/ports";
import { AppError } from "#common/errors";

/**
 * Enough for what the provider usually needs. A process that dies with the lock holds its order up for this long; one
 * that is slower than this loses it, and then the guards hold alone.
 */
const lockSeconds = 10;

/**
 * Runs `work` while nobody else works on the payment of the order.
 * @throws AppError "unavailable" when somebody else does: ask again.
 */
export async function alone<T>(locks: Locks, orderId: string, work: () => Promise<T>): Promise<T> {
  let result: { is: T } | undefined;
  await locks.withLock(`payment-${orderId}`, lockSeconds, async () => {
    result = { is: await work() };
  });
  if (!result) throw new AppError("unavailable", "The payment of this order is being worked on elsewhere");
  return result.is;
}
