import { expect, test } from "vitest";
import { memoryKeep } from "#common/dapr/memory";
import { slowState } from "../testing/fakes.ts";
import { putAsidesContract } from "../testing/putAsides.suite.ts";
import { aPutAside, putAsidesIn } from "../testing/putAsides.ts";

putAsidesContract("memory", memoryKeep);
putAsidesContract("a store that takes its time", () => slowState(memoryKeep()));

test("ten thousand are shown page by page, each once, from documents of a few kilobytes", async () => {
  const keep = memoryKeep();
  const { save } = keep;
  let largest = 0;
  keep.save = (key, value, options) => {
    largest = Math.max(largest, JSON.stringify(value).length);
    return save(key, value, options);
  };
  const putAsides = putAsidesIn(keep);
  for (let index = 0; index < 10_000; index++) await putAsides.add(aPutAside(`evt_${index}`, index));
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await putAsides.page({ limit: 200, ...(after && { after }) });
    seen.push(...page.messages.map(({ eventId }) => eventId));
    after = page.next;
  } while (after);
  expect([seen.length, new Set(seen).size, seen[0], seen.at(-1)]).toEqual([10_000, 10_000, "evt_9999", "evt_0"]);
  expect(largest).toBeLessThan(8_000);
  expect(await putAsides.waiting()).toBe(10_000);
}, 60_000);

test("a message whose storing was interrupted is stored when it is sent again", async () => {
  const keep = memoryKeep();
  const { save } = keep;
  keep.save = async (key, ...its) => {
    if (key === "put-aside-evt_1") throw new Error("away");
    return save(key, ...its);
  };
  const putAsides = putAsidesIn(keep);
  await expect(putAsides.add(aPutAside("evt_1"))).rejects.toThrow("away");
  expect((await putAsides.page({ limit: 10 })).messages).toEqual([]);
  keep.save = save;
  expect(await putAsides.add(aPutAside("evt_1"))).toBe(true);
  expect((await putAsides.page({ limit: 10 })).messages).toHaveLength(1);
});
