import type { StateStore } from "#common/dapr/ports";
import { changeValue } from "#common/kept/changeValue";
import type { Names } from "../app/services.ts";

/** How many names a page holds: few enough to be written again for each. */
const most = 100;

/** How many pages are read at once at most: the first alone, which is nearly always the only one, then ever more. */
const atOnce = 10;

/**
 * Names in the state store, which can list nothing itself: pages `<key>-0`, `<key>-1`, … that are never taken away, so
 * that a reader who goes on until one is missing has seen all. A page is full with {@link most}; what is removed makes room.
 */
export function stateNames(state: StateStore, key: string): Names {
  const keyOf = (page: number) => `${key}-${page}`;

  async function pages(): Promise<(readonly string[])[]> {
    const found: (readonly string[])[] = [];
    for (;;) {
      const length = Math.min(found.length + 1, atOnce);
      const keys = Array.from({ length }, (_, index) => keyOf(found.length + index));
      const read = await Promise.all(keys.map((one) => state.get<readonly string[]>(one)));
      const end = read.indexOf(undefined);
      found.push(...read.slice(0, end < 0 ? keys.length : end).map((page) => page?.value ?? []));
      if (end >= 0) return found;
    }
  }

  /** @returns whether the name is on the page now. */
  async function addTo(page: number, name: string): Promise<boolean> {
    const names = await changeValue(state, keyOf(page), (held: readonly string[] | undefined = []) =>
      held.length >= most || held.includes(name) ? held : [...held, name],
    );
    return names.includes(name);
  }

  return {
    async add(name) {
      const known = await pages();
      if (known.some((names) => names.includes(name))) return;
      const free = known.findIndex(({ length }) => length < most);
      for (let page = free < 0 ? known.length : free; !(await addTo(page, name)); page++);
    },

    async remove(name) {
      for (const [page, names] of (await pages()).entries()) {
        if (!names.includes(name)) continue;
        await changeValue(state, keyOf(page), (held: readonly string[] | undefined = []) =>
          held.includes(name) ? held.filter((one) => one !== name) : held,
        );
      }
    },

    list: async () => [...new Set((await pages()).flat())],
  };
}
