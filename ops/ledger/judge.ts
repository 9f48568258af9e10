import { setTimeout as delay } from "node:timers/promises";
import type { Books } from "./books.ts";
import { faultsOf, unfinished } from "./faults.ts";

/** What the books came to: one line a fault, and what is still under way. */
export type Verdict = {
  readonly books: Books;
  readonly faults: readonly string[];
  readonly underWay: readonly string[];
};

const everyMs = 1_000;

/** How often a busy system is looked at: long enough for what is under way to be through. */
const looks = 6;

/** Judges a busy system: of what looks wrong at first only that counts which stays. */
export async function judgeBusy(read: () => Promise<Books>, pauseMs = everyMs): Promise<Verdict> {
  let books = await read();
  let faults = faultsOf(books);
  for (let look = 1; look < looks && faults.length > 0; look++) {
    await delay(pauseMs);
    books = await read();
    const still = new Set(faultsOf(books));
    faults = faults.filter((fault) => still.has(fault));
  }
  return { books, faults, underWay: unfinished(books) };
}

/**
 * Judges a system at rest. Waits for that at most `patienceMs`; what is not at its end by then is a fault like others.
 * @throws the last error when the books could not be read until the end.
 */
export async function judgeAtRest(read: () => Promise<Books>, patienceMs: number, pauseMs = everyMs): Promise<Verdict> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const over = performance.now() >= deadline;
    const verdict = await look(read).catch((error: unknown) => {
      if (over) throw error;
      return undefined;
    });
    if (verdict && (over || verdict.faults.length === 0)) return verdict;
    await delay(pauseMs);
  }
}

async function look(read: () => Promise<Books>): Promise<Verdict> {
  const books = await read();
  const underWay = unfinished(books);
  return { books, faults: [...faultsOf(books), ...underWay], underWay };
}
