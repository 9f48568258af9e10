import { type Context, context } from "@opentelemetry/api";
import { callerIn, demandCaller, forAll } from "#common/caller";
import { linkSpanTo } from "#common/tracing";

/**
 * Lets calls that arrive together travel together: a call leaves with those of its own turn of the event loop when nothing
 * is under way, and whatever arrives meanwhile waits for the next batch. An idle system pays nothing for it.
 * Whoever has left by the time that their batch leaves is left out of it.
 * A batch travels in the trace of its first call; the spans of the others are linked to that one.
 * @param run answers every item of a batch, in the batch's order; when it throws, every caller of that batch gets the
 * error, and so does whoever waits behind it: they have waited as long, and would wait as long again for the same.
 * @param most the largest batch.
 * @param atOnce how many batches may be under way: with one, a call that hangs holds all that come after it.
 */
export function batched<I, O>(
  run: (items: readonly I[]) => Promise<readonly O[]>,
  most: number,
  atOnce = 1,
): (item: I) => Promise<O> {
  type Waiting = { item: I; from: Context; resolve: (output: O) => void; reject: (error: unknown) => void };
  let waiting: Waiting[] = [];
  let underWay = 0;

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
      for (const { reject } of [...batch, ...waiting]) reject(error);
      waiting = [];
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
      waiting.push({ item, from: context.active(), resolve, reject });
      if (underWay >= atOnce || waiting.length > 1) return;
      underWay++;
      setImmediate(() => void drain());
    });
}
