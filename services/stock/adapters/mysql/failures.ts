import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "#common/errors";

const deadlock = 1213;
const lockWaitTimeout = 1205;
/** Another replica inserted the order's reservation first: the next attempt finds it. */
const duplicateKey = 1062;
const retryable = new Set([deadlock, lockWaitTimeout, duplicateKey]);

/**
 * The server is full (1040, 1203), going (1053, 1077, 1927, 4031), too slow (1317, 1969, 3024), read-only (1290, 1792,
 * 1836), or its disk is full or broken (the rest).
 */
const unavailable = new Set([
  ...[1040, 1203, 1053, 1077, 1927, 4031, 1317, 1969, 3024, 1290, 1792, 1836],
  ...[1021, 1026, 1030, 1114, 1180],
]);

/** How often work is tried, and for how long new attempts begin. */
export type RetryLimits = { attempts: number; withinMs: number };
const usual: RetryLimits = { attempts: 6, withinMs: 1_500 };

/**
 * Runs work that may be repeated, anew when others got in its way. The pause between is random, so that two who
 * collided do not meet again.
 * @throws AppError "unavailable" when that did not help, or the server does not answer.
 */
export async function retry<T>(work: () => Promise<T>, { attempts, withinMs }: RetryLimits = usual): Promise<T> {
  const started = performance.now();
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!retryable.has(errnoOf(error))) throw translated(error);
      if (attempt >= attempts || performance.now() - started > withinMs)
        throw new AppError("unavailable", "Too many want the same products now", {}, { cause: error });
      await delay(Math.random() * 5 * 2 ** attempt);
    }
  }
}

/** Whether the error came about on this side: connection lost or refused, no answer in time, no connection to be had. */
export function isConnectionFailure(error: unknown): boolean {
  if (!(error instanceof Error) || "sqlState" in error) return false;
  return "fatal" in error || "syscall" in error || error.message === "Queue limit reached.";
}

function translated(error: unknown): unknown {
  if (!isConnectionFailure(error) && !unavailable.has(errnoOf(error))) return error;
  return new AppError("unavailable", "The stock database does not answer", {}, { cause: error });
}

/** The server's number for an error; 0 for one that is not its. */
export function errnoOf(error: unknown): number {
  return error instanceof Error && "errno" in error && typeof error.errno === "number" ? error.errno : 0;
}
