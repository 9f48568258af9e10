import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { StateStore } from "#common/dapr/ports";
import type { PutAsides } from "../app/services.ts";
import { decide } from "../domain/putAside.ts";
import { actRecord } from "./acts.ts";
import { aPutAside, putAsidesIn } from "./putAsides.ts";

/** What holds of put-asides in every store. @param store one that other tests may use as well. */
export function putAsidesContract(name: string, store: () => StateStore): void {
  /** Messages of this test alone, which come after what others have put aside. */
  function given() {
    const keep = store();
    const prefix = `evt_${randomUUID()}_`;
    const idsOf = (all: readonly { eventId: string }[]) => all.map(({ eventId }) => eventId.replace(prefix, ""));
    const mine = ({ eventId }: { eventId: string }) => eventId.startsWith(prefix);
    const left = async (putAsides: PutAsides) => idsOf((await putAsides.page({ limit: 1_000 })).messages.filter(mine));
    return { putAsides: putAsidesIn(keep), keep, idOf: (end: string) => prefix + end, left, mine, idsOf };
  }

  describe(`money put aside in ${name}`, () => {
    it("stays, the newest first, and a repeat changes nothing", async () => {
      const { putAsides, idOf, left } = given();
      for (const index of [1, 2, 3]) expect(await putAsides.add(aPutAside(idOf(`${index}`), index))).toBe(true);
      expect(await putAsides.add(aPutAside(idOf("3"), 3, { orderId: "other" }))).toBe(false);
      expect(await left(putAsides)).toEqual(["3", "2", "1"]);
      expect(await putAsides.find(idOf("3"))).toMatchObject({ orderId: "order-1" });
    });

    it("messages whose ids differ by a capital letter alone are two", async () => {
      const { putAsides, idOf, left } = given();
      for (const end of ["aB", "ab"]) expect(await putAsides.add(aPutAside(idOf(end)))).toBe(true);
      expect((await left(putAsides)).sort()).toEqual(["aB", "ab"]);
    });

    it("what many add at once is all there", async () => {
      const { putAsides, keep, idOf, left } = given();
      const other = putAsidesIn(keep);
      const ids = Array.from({ length: 8 }, (_, index) => `${index}`);
      await Promise.all(ids.flatMap((id) => [putAsides.add(aPutAside(idOf(id))), other.add(aPutAside(idOf(id)))]));
      expect((await left(putAsides)).sort()).toEqual(ids);
    });

    it("one that is over is off the lists, and can still be found", async () => {
      const { putAsides, idOf, left, mine, idsOf } = given();
      for (const end of ["a", "b"]) await putAsides.add(aPutAside(idOf(end)));
      const before = await putAsides.waiting();
      await putAsides.update(idOf("a"), (found) => decide(found, "dismiss", actRecord("act-1")));
      await putAsides.update(idOf("b"), (found) => decide(found, "refund", actRecord("act-2")));
      expect(await putAsides.waiting()).toBe(before - 2);
      expect(await left(putAsides)).toEqual(["b"]);
      expect(idsOf((await putAsides.goingBack()).filter(mine))).toEqual(["b"]);
      const succeeded = "succeeded" as const;
      await putAsides.update(idOf("b"), (b) => ({
        ...b,
        ...(b.refund && { refund: { ...b.refund, state: succeeded } }),
      }));
      expect([await left(putAsides), (await putAsides.goingBack()).filter(mine)]).toEqual([[], []]);
      expect(await putAsides.find(idOf("a"))).toMatchObject({ decisions: [{ decision: "dismiss" }] });
    });

    it("what was never put aside is not there to be decided", async () => {
      const { putAsides, idOf } = given();
      await expect(putAsides.update(idOf("x"), (found) => found)).rejects.toMatchObject({ kind: "not_found" });
    });
  });
}
