import { type Context, context, createContextKey } from "@opentelemetry/api";
import { AppError } from "#common/errors";

const key = createContextKey("who asked");

/** The caller who waits for what is done here; aborted as soon as it has left or has its answer. */
type Caller = { signal: AbortSignal | undefined };

/**
 * Does work for a caller who waits until `signal` aborts. When the caller has left, queued work within is dropped and
 * calls to other services are ended. Work that is started and not awaited has no caller.
 * @throws AppError "unavailable" when the caller has left already.
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
 * To be called before a step with an effect elsewhere, whose outcome has to be stored even if the caller leaves: from
 * here on the work is finished in any case.
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
