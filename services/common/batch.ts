/**
 * Lets calls that arrive together travel together: a call leaves at once when nothing is under way, and whatever
 * arrives meanwhile waits for the next batch. An idle system pays nothing for it.
 * @param run answers every item of a batch, in the batch's order; when it throws, every caller of that batch gets the error.
 * @param most the largest batch.
 */
export function batched<I, O>(
  run: (items: readonly I[]) => Promise<readonly O[]>,
  most: number,
): (item: I) => Promise<O> {
  type Waiting = { item: I; resolve: (output: O) => void; reject: (error: unknown) => void };
  let waiting: Waiting[] = [];
  let busy = false;

  async function drain(): Promise<void> {
    busy = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, most);
      waiting = waiting.slice(most);
      try {
        const outputs = await run(batch.map(({ item }) => item));
        if (outputs.length !== batch.length)
          throw new Error(`${outputs.length} answers for a batch of ${batch.length}`);
        for (const [index, { resolve }] of batch.entries()) resolve(outputs[index] as O);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    busy = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!busy) void drain();
    });
}
