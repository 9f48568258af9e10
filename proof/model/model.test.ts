import fc from "fast-check";
import { afterAll, expect, test, vi } from "vitest";
import { faultsOf } from "../../ops/ledger/faults.ts";
import { type Action, act, actions } from "./actions.ts";
import { type Story, surprises } from "./expected.ts";
import { createFatesByHand } from "./fates.ts";
import { quiet } from "./quiet.ts";
import { flush, takeClock } from "./time.ts";
import { createWorld } from "./world.ts";

afterAll(() => void vi.useRealTimers());

/** `MODEL_RUNS` stories are tried; a failing one is printed with its seed and path, and replayed by setting both. */
const { MODEL_RUNS = "200", MODEL_SEED, MODEL_PATH } = process.env;
const parameters = {
  numRuns: Number(MODEL_RUNS),
  ...(MODEL_SEED && { seed: Number(MODEL_SEED) }),
  ...(MODEL_PATH && { path: MODEL_PATH }),
};

async function play(script: readonly Action[]): Promise<string[]> {
  takeClock();
  const hand = createFatesByHand();
  const world = createWorld(6, hand.fates);
  const stories: Story[] = [];
  const underWay: Promise<void>[] = [];
  for (const { what, picks } of script) {
    underWay.push(act(world, stories, what));
    await flush();
    for (const { at, fate } of picks) {
      hand.release(at, fate);
      await flush(1);
    }
  }
  hand.letLive();
  await flush();
  await quiet(world, stories);
  world.end();
  await Promise.all(underWay);
  const books = await world.books();
  return [...faultsOf(books), ...surprises(stories, books), ...(await world.unrecorded())];
}

test("whatever is placed, paid, cancelled, cooked, given back, expired, repeated, lost or killed, the books balance", async () => {
  await fc.assert(
    fc.asyncProperty(actions, async (script) => {
      expect(await play(script)).toEqual([]);
    }),
    parameters,
  );
}, 300_000);
