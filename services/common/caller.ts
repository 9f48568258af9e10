import { type Context, context, createContextKey } from "@opentelemetry/api";
import { AppError } from "#common/errors";

const key = createContextKey("who asked");

/** Whoever waits for what is done here; nobody any more as soon as they have their answer. */
type Caller = { signal: AbortSignal | undefined };

/**
 * Does work that somebody waits for until `signal` aborts. Within it whatever waits in a queue is left undone when they
 * have gone, and calls to others end with them. What the work sets going and does not wait for is its own.
 * @throws AppError "unavailable" when they have gone already.
 */
export async function forCaller<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const caller: Caller = { signal };
  const within = context.active().setValue(key, caller);
  demandCaller(within);
  try {
    return await context.with(within, work);
  } finally {
    caller.signal = undefined;
  }
}

/** Aborts when the caller that the context is of has gone; undefined when nobody in particular waits. */
export function callerIn(of: Context = context.active()): AbortSignal | undefined {
  return (of.getValue(key) as Caller | undefined)?.signal;
}

/** The context for work that several callers share: it does not end with the first of them. */
export function forAll(of: Context): Context {
  return of.deleteValue(key);
}

/**
 * Before a step that has an effect elsewhere, which has to be written down whoever still waits by then: from here on the
 * work is finished in any case.
 * @throws AppError "unavailable" when the caller has gone: then the step is not begun.
 */
export function beginEffect(): void {
  demandCaller();
  const caller = context.active().getValue(key) as Caller | undefined;
  if (caller) caller.signal = undefined;
}

/** @throws AppError "unavailable" when the caller that the context is of has gone: nobody would hear the answer. */
export function demandCaller(of: Context = context.active()): void {
  if (callerIn(of)?.aborted) throw new AppError("unavailable", "Whoever asked has left");
}
