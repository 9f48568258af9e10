import { type Context, context } from "@opentelemetry/api";
import { callerIn, demandCaller, forAll } from "#common/caller";
import { linkSpanTo } from "#common/tracing";

/** A caller waits about two seconds for its batch, and the call may take most of them. */
const patienceMs = 500;

/** Since when a call waits, and whether a batch before it failed meanwhile. */
type Wait = { since: number; spared: boolean };

/**
 * Lets calls that arrive together travel together: a call leaves with those of its own turn of the event loop when nothing
 * is under way, and whatever arrives meanwhile waits for the next batch. An idle system pays nothing for it.
 * A caller that has left by then is left out of the batch.
 * A batch travels in the trace of its first call; the spans of the others are linked to that one.
 * @param run answers every item of a batch, in the batch's order; when it throws, every caller of that batch gets the
 * error. Who waits behind it still travels, once, when it has waited for less than {@link patienceMs}: a connection that
 * broke under one batch is no trouble of the next. Who has waited longer, or behind two that failed, gets the error: it
 * would wait as long again for the same.
 * @param most the largest batch.
 * @param atOnce how many batches may be under way: with one, a call that hangs holds all that come after it.
 * @param now milliseconds, from any beginning.
 */
export function batched<I, O>(
  run: (items: readonly I[]) => Promise<readonly O[]>,
  most: number,
  atOnce = 1,
  now = () => performance.now(),
): (item: I) => Promise<O> {
  type Waiting = { item: I; from: Context; resolve: (output: O) => void; reject: (error: unknown) => void } & Wait;
  let waiting: Waiting[] = [];
  let underWay = 0;

  /** Turns away those who waited behind a batch that failed and have no time, or no second try, left. */
  function thin(error: unknown): void {
    const patient = waiting.filter(({ since, spared }) => !spared && now() - since < patienceMs);
    for (const one of waiting) if (!patient.includes(one)) one.reject(error);
    waiting = patient.map((one) => ({ ...one, spared: true }));
  }

  const hasLeft = ({ from }: Waiting) => callerIn(from)?.aborted ?? false;

  function isStillThere({ from, reject }: Waiting): boolean {
    try {
      demandCaller(from);
      return true;
    } catch (error) {
      reject(error);
      return false;
    }
  }

  async function travel([first, ...others]: readonly [Waiting, ...Waiting[]]): Promise<void> {
    const batch = [first, ...others];
    for (const { from } of others) linkSpanTo(from, first.from);
    try {
      const items = batch.map(({ item }) => item);
      const outputs = await context.with(forAll(first.from), () => run(items));
      if (outputs.length !== batch.length) throw new Error(`${outputs.length} answers for a batch of ${batch.length}`);
      for (const [index, { resolve }] of batch.entries()) resolve(outputs[index] as O);
    } catch (error) {
      for (const { reject } of batch) reject(error);
      thin(error);
    }
  }

  async function drain(): Promise<void> {
    for (;;) {
      if (waiting.some(hasLeft)) waiting = waiting.filter(isStillThere);
      const [first, ...others] = waiting.slice(0, most);
      if (!first) break;
      waiting = waiting.slice(most);
      await travel([first, ...others]);
    }
    underWay--;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, from: context.active(), resolve, reject, since: now(), spared: false });
      if (underWay >= atOnce || waiting.length > 1) return;
      underWay++;
      setImmediate(() => void drain());
    });
}
