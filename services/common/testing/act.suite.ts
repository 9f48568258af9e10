import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { isKind } from "#common/errors";

/** Who acts, and what for: the same id is the same act, if all else is the same too. */
export type Wish = { id: string; subject: string; content: "this" | "that" };

/** What staff do in one service, as far as it is the same in all. */
export type ActsOfService = {
  /** An act that changes something, wherever it is asked for first. */
  act(wish: Wish): Promise<unknown>;
  /** One that the rules refuse. */
  refusedAct(wish: Wish): Promise<unknown>;
  /** How many acts have changed something. */
  effects(): Promise<number>;
  records(): Promise<readonly { id: string; subject: string; refusal: string }[]>;
};

/** What acts of staff come to in every service. `open` gives a place where nobody has acted yet. */
export function actContract(name: string, open: () => Promise<ActsOfService>): void {
  const wish = (changes: Partial<Wish> = {}): Wish => ({
    id: randomUUID(),
    subject: "olga",
    content: "this",
    ...changes,
  });
  const isAnothers = (error: unknown) => isKind(error, "conflict") || isKind(error, "idempotency_key_reused");
  const kindOf = (refused: Promise<unknown>) =>
    refused.then(
      () => "done",
      (error: { kind?: string }) => error.kind,
    );
  const told = async ({ records }: ActsOfService) =>
    (await records()).map(({ id, subject, refusal }) => ({ id, subject, isDone: refusal === "" }));

  describe(`an act in ${name}`, () => {
    it("is done once for one request id, however often and at once it is asked for, and answered as first", async () => {
      const service = await open();
      const mine = wish();
      const answers = await Promise.all(Array.from({ length: 4 }, () => service.act(mine)));
      answers.push(await service.act(mine));
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      expect(await service.effects()).toBe(1);
      expect(await told(service)).toEqual([{ id: mine.id, subject: "olga", isDone: true }]);
    });

    it.each([
      ["somebody else's", { subject: "carl" }],
      ["of another content", { content: "that" }],
    ] as const)("does not lend its request id to one that is %s", async (_, changes) => {
      const service = await open();
      const mine = wish();
      await service.act(mine);
      await expect(service.act({ ...mine, ...changes })).rejects.toSatisfy(isAnothers);
      await expect(service.refusedAct({ ...mine, ...changes })).rejects.toSatisfy(isAnothers);
      expect(await service.effects()).toBe(1);
      expect(await told(service)).toEqual([{ id: mine.id, subject: "olga", isDone: true }]);
    });

    it("leaves nothing but its record when it is refused, and is refused again when it is repeated", async () => {
      const service = await open();
      const mine = wish();
      const kinds = [await kindOf(service.refusedAct(mine)), await kindOf(service.refusedAct(mine))];
      expect(kinds[0]).toMatch(/^(conflict|not_found|invalid)$/);
      expect(kinds[1]).toBe(kinds[0]);
      await expect(service.refusedAct({ ...mine, subject: "carl" })).rejects.toSatisfy(isAnothers);
      expect(await service.effects()).toBe(0);
      expect(await told(service)).toEqual([{ id: mine.id, subject: "olga", isDone: false }]);
    });

    it("is in the audit as what it was: as many are done there as have changed something", async () => {
      const service = await open();
      const asked = [wish(), wish({ subject: "carl" }), wish({ content: "that" })];
      const done = await Promise.all(asked.map((one) => kindOf(service.act(one))));
      const refused = wish();
      await kindOf(service.refusedAct(refused));
      const records = await told(service);
      expect(records.map(({ id }) => id).sort()).toEqual([...asked, refused].map(({ id }) => id).sort());
      const doneIds = asked.filter((_, index) => done[index] === "done").map(({ id }) => id);
      expect(
        records
          .filter(({ isDone }) => isDone)
          .map(({ id }) => id)
          .sort(),
      ).toEqual(doneIds.sort());
      expect(await service.effects()).toBe(doneIds.length);
    });
  });
}
