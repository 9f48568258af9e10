import type { StateStore } from "#common/dapr/ports";

/** How many entries a page holds: few enough to be written again for each. */
export const pageSize = 100;

/** What is listed, in the order of its time (milliseconds since the epoch), no two at the same. */
export type Page = readonly (readonly [id: string, at: number])[];

/** The last page: undefined when it is to be begun; `earlier` is the time of what was listed last. */
export type LastPage = { number: number; page: Page | undefined; earlier: number };

/**
 * The pages of a log: `<key>-0`, `<key>-1`, …, each written until it is full and never again. Their numbers have no gaps
 * and their times go up, so that any moment is found by halving.
 */
export function entryPages(state: StateStore, key: string) {
  const keyOf = (number: number) => `${key}-${number}`;
  const headKey = `${key}-head`;
  /** Some page that is there, or the first: the last one is it or comes after it. */
  let known = 0;

  const find = async (number: number) => (await state.get<Page>(keyOf(number)))?.value;
  const read = async (number: number): Promise<Page> => (await find(number)) ?? [];

  /** The last page that is there; it may be full. -1: there is none. */
  async function lastNumber(): Promise<number> {
    if (known === 0) known = (await state.get<number>(headKey))?.value ?? 0;
    let number = (await find(known)) ? known : -1;
    while (number >= 0 && (await find(number + 1))) number++;
    known = Math.max(number, 0);
    return number;
  }

  return {
    keyOf,
    read,

    /** Where the next entry goes. */
    async last(): Promise<LastPage> {
      const number = await lastNumber();
      if (number < 0) return { number: 0, page: undefined, earlier: Number.NEGATIVE_INFINITY };
      const page = await read(number);
      const earlier = page.at(-1)?.[1] ?? Number.NEGATIVE_INFINITY;
      if (page.length >= pageSize) return { number: number + 1, page: undefined, earlier };
      return { number, page, earlier };
    },

    /** Tells the next reader where to begin; without this it only reads more pages. */
    async begun(number: number): Promise<void> {
      known = Math.max(known, number);
      if (number > 0) await state.save(headKey, number);
    },

    /** The last page with an entry before this time; -1: there is none. */
    async lastBefore(until: number): Promise<number> {
      let [low, high] = [-1, await lastNumber()];
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        const [first] = until === Number.POSITIVE_INFINITY ? [] : await read(middle);
        if (first && first[1] >= until) high = middle - 1;
        else low = middle;
      }
      return low;
    },
  };
}
