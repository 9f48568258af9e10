import { afterAll, expect, test, vi } from "vitest";
import { apps } from "../../../dev/services.ts";
import { install } from "../chart.ts";
import { kubectl, type Pod, podsOf } from "../kubectl.ts";
import { demandClosedBooks } from "./books.ts";
import { startLoad } from "./load.ts";
import { mealFor, payAndEat, place } from "./meal.ts";

/** Waits until all pods that there are, those that are ending too, look for Consul before they start, or none does. */
const allWait = (wanted: boolean) =>
  vi.waitFor(
    async () => {
      const pods = (await Promise.all(apps.map(podsOf))).flat();
      const waits = ({ spec }: Pod) => (spec.initContainers ?? []).some(({ name }) => name === "wait-for-consul");
      expect(pods.filter((pod) => waits(pod) !== wanted).map(({ metadata }) => metadata.name)).toEqual([]);
    },
    { timeout: 120_000, interval: 1_000 },
  );

// The tests that follow have to be led to pods that stay.
afterAll(async () => {
  await install();
  await allWait(true);
}, 900_000);

// Meanwhile old pods and new ones do not find each other: so this is no upgrade under load.
test("with Kubernetes' own name resolution nobody needs Consul: an order from before, a new one and a load of them are eaten", async () => {
  const ordered = await place();
  await install("nameResolution=kubernetes");
  await allWait(false);
  await kubectl("scale", "deployment/consul", "--replicas=0");
  await payAndEat(ordered, "whose order was there before");
  await mealFor("a guest of the new names");
  const load = await startLoad(2);
  await mealFor("a guest among many");
  await load.end();
  await demandClosedBooks();
}, 1_800_000);
