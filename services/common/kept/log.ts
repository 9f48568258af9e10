import { StateConflict, type StateStore } from "#common/dapr/ports";
import { AppError } from "#common/errors";
import { changeValue } from "./changeValue.ts";
import { entryPages, type Page, pageSize } from "./pages.ts";

/** Something in a log, and when it was listed: milliseconds since the epoch, of which no two are the same. */
export type Kept<T> = { readonly id: string; readonly at: number; readonly value: T };

/** What is stored of one: also when it is listed, since a try that was interrupted may have listed it before. */
type Stored<T> = { at: number; value: T };

/**
 * A list that only grows, of things with an id, in a store that lists nothing itself. It can be read from any moment on,
 * newest first, and no document of it grows without end.
 */
export type KeptLog<T> = {
  /**
   * Adds what `make` gives, or gives what is there by this id.
   * @param now when it is listed: this moment, or just after what was listed last.
   */
  add(id: string, now: number, make: (at: number) => T): Promise<Kept<T> & { added: boolean }>;
  find(id: string): Promise<T | undefined>;
  /** Changes one; `change` runs again when somebody else was faster. @throws AppError "not_found". */
  update(id: string, change: (value: T) => T): Promise<T>;
  /** All that were listed before `until`, newest first, page by page. */
  newest(until?: number): AsyncGenerator<readonly Kept<T>[]>;
};

/** A log under `<key>-…` of the store. */
export function keptLog<T>(state: StateStore, key: string): KeptLog<T> {
  const pages = entryPages(state, key);
  const keyOf = (id: string) => `${key}-of-${id}`;
  const read = async (id: string) => (await state.get<Stored<T>>(keyOf(id)))?.value;

  async function list(id: string, now: number): Promise<number> {
    for (let { number, page, earlier } = await pages.last(); ; number++) {
      const entries = await changeValue<Page, Page>(state, pages.keyOf(number), (held = []) => {
        if (held.length >= pageSize || held.some(([other]) => other === id)) return held;
        return [...held, [id, Math.max(now, (held.at(-1)?.[1] ?? earlier) + 1)]];
      });
      const mine = entries.find(([other]) => other === id);
      if (mine && page === undefined) await pages.begun(number);
      if (mine) return mine[1];
      [page, earlier] = [undefined, entries.at(-1)?.[1] ?? earlier];
    }
  }

  return {
    async add(id, now, make) {
      const there = await read(id);
      if (there) return { id, at: there.at, value: there.value, added: false };
      const at = await list(id, now);
      const value = make(at);
      try {
        await state.save<Stored<T>>(keyOf(id), { at, value }, { create: true });
        return { id, at, value, added: true };
      } catch (cause) {
        const other = cause instanceof StateConflict ? await read(id) : undefined;
        if (!other) throw cause;
        return { id, at: other.at, value: other.value, added: false };
      }
    },

    find: async (id) => (await read(id))?.value,

    async update(id, change) {
      const { value } = await changeValue<Stored<T>, Stored<T>>(state, keyOf(id), (there) => {
        if (!there) throw new AppError("not_found", `There is no ${id}`);
        const value = change(there.value);
        return value === there.value ? there : { ...there, value };
      });
      return value;
    },

    async *newest(until = Number.POSITIVE_INFINITY) {
      for (let number = await pages.lastBefore(until); number >= 0; number--) {
        const listed = (await pages.read(number)).filter(([, at]) => at < until).reverse();
        const found = await Promise.all(listed.map(([id]) => read(id)));
        yield listed.flatMap(([id, at], index) => {
          const one = found[index];
          return one?.at === at ? [{ id, at, value: one.value }] : [];
        });
      }
    },
  };
}
