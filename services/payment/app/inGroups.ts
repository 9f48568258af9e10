/** How many are under way at once: a payment that was forgotten costs calls to the order service and the provider. */
const atOnce = 10;

/** Does the same for each item, in their order, a few at a time: however many there are, nobody is asked for all at once. */
export async function inGroups<I, O>(items: readonly I[], work: (item: I) => Promise<O>): Promise<O[]> {
  const done: O[] = [];
  for (let from = 0; from < items.length; from += atOnce) {
    done.push(...(await Promise.all(items.slice(from, from + atOnce).map(work))));
  }
  return done;
}
