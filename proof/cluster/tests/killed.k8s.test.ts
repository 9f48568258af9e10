import { expect, test } from "vitest";
import { isReady, kubectl, list, type Pod } from "../kubectl.ts";
import { demandClosedBooks } from "./books.ts";
import { payAndEat, place } from "./meal.ts";

/** Not killed: it would forget whose money it has, which Stripe would not. */
const spared = "standin";

/** The pods that are to stay: one that is ending, as after a scale-down, goes on "Running" until it is gone. */
async function running(): Promise<Pod[]> {
  const pods = await list<Pod>("pods", "--selector=app.kubernetes.io/part-of=gorder");
  return pods.filter(
    ({ metadata: { name, deletionTimestamp }, status }) =>
      status.phase === "Running" && deletionTimestamp === undefined && !name.startsWith(spared),
  );
}

test("whatever pod is killed, it comes back, who had ordered before gets the meal, and the books close", async () => {
  const pods = (await running()).map(({ metadata }) => metadata.name);
  expect(pods.length).toBeGreaterThan(10);
  for (const pod of pods) {
    const placed = await place();
    await kubectl("delete", "pod", pod, "--grace-period=0", "--force", "--wait=false");
    await expect
      .poll(async () => (await running()).filter(isReady).length, { timeout: 240_000, interval: 1_000 })
      .toBe(pods.length);
    await payAndEat(placed, `whose order was there when ${pod} was killed`);
  }
  await demandClosedBooks();
}, 1_800_000);
