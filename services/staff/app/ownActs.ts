import { AppError, isKind } from "#common/errors";
import type { KeptLog } from "#common/kept/log";
import type { Logger } from "#common/logging";
import { type Asked, isSame, isUnderWay, type Outcome, type OwnAct, outcomeBy, type Tally } from "../domain/ownAct.ts";

/** The log of acts that no other service records. */
export type OwnLog = KeptLog<OwnAct | Tally>;

/** Which ids are left at an act's target; `isWhole`: the list is complete. */
export type Left = (target: string) => Promise<{ ids: ReadonlySet<string>; isWhole: boolean }>;

export type OwnActsDeps = {
  log: OwnLog;
  left: Left;
  newId: () => string;
  logger: Logger;
  now: () => number;
  traceId: () => string;
};

/** Acts that change no document of the services behind. */
export type OwnActs = {
  /**
   * Has the work done, and its record kept. The same request id is done once and answered as first, by any replica.
   * @throws AppError "unavailable" when it cannot be recorded, and then nothing was done, or when another replica is at
   * it; "idempotency_key_reused" when the id belongs to another act; what the work throws.
   */
  act(asked: Asked, work: () => Promise<number>): Promise<number>;
  /** One round: stores outcomes that could not be stored, and gives an outcome to acts whose process has died. */
  closeOpen(): Promise<void>;
};

/** How many pages of acts are searched for interrupted ones. */
const mostPages = 3;

/** The acts of this process, in front of what all of them keep. */
export function keepOwnActs({ log, left, newId, logger, now, traceId }: OwnActsDeps): OwnActs {
  const underWay = new Map<string, { asked: Asked; work: Promise<number> }>();
  const owed = new Map<string, { tryId: string; outcome: Outcome }>();

  async function begin(asked: Asked): Promise<OwnAct> {
    const mine = { tryId: newId(), begunAt: now(), outcome: { state: "begun" } } as const;
    const begun = { ...asked, ...mine, kind: "act", traceId: traceId() } as const;
    const { value, added } = await log.add(asked.requestId, begun.begunAt, () => begun).catch(refuseUnrecorded);
    const before = demandSame(value, asked);
    if (added || before.outcome.state === "done") return before;
    if (isUnderWay(before, now())) throw new AppError("unavailable", "It is being done. Ask again in a moment.");
    const taken = await log
      .update(asked.requestId, (there) => (isLastTry(there, before) ? begun : there))
      .catch(refuseUnrecorded);
    if (taken.kind !== "act" || taken.tryId !== mine.tryId)
      throw new AppError("unavailable", "Somebody else has just begun it. Ask again in a moment.");
    return taken;
  }

  /** That it is done is true whether its outcome can be stored now or later. A later try has an outcome of its own. */
  async function end(id: string, tryId: string, outcome: Outcome): Promise<void> {
    try {
      await log.update(id, (there) => (there.kind === "act" && there.tryId === tryId ? { ...there, outcome } : there));
      owed.delete(id);
    } catch (error) {
      owed.set(id, { tryId, outcome });
      logger.error("the outcome of an act is stored later", { requestId: id, reason: String(error) });
    }
  }

  async function doOnce(asked: Asked, work: () => Promise<number>): Promise<number> {
    const id = asked.requestId;
    const before = owed.get(id);
    if (before) await end(id, before.tryId, before.outcome);
    const { tryId, outcome } = await begin(asked);
    if (outcome.state === "done") return outcome.count;
    try {
      const count = await work();
      await end(id, tryId, { state: "done", count });
      return count;
    } catch (error) {
      await end(id, tryId, { state: "failed", why: error instanceof AppError ? error.message : "It failed" });
      throw error;
    }
  }

  async function closeOne(id: string, act: OwnAct): Promise<void> {
    const { ids, isWhole } = await left(act.target);
    const outcome = outcomeBy(act, ids, isWhole);
    await log.update(id, (there) => (isLastTry(there, act) ? { ...act, outcome } : there));
    logger.warn("an act was interrupted", { requestId: id, action: act.action, outcome: outcome.state });
  }

  return {
    async act(asked, work) {
      const here = underWay.get(asked.requestId);
      if (here) {
        demandSame({ ...here.asked, kind: "act" } as OwnAct, asked);
        return here.work;
      }
      const its = doOnce(asked, work).finally(() => underWay.delete(asked.requestId));
      underWay.set(asked.requestId, { asked, work: its });
      return its;
    },

    async closeOpen() {
      for (const [id, { tryId, outcome }] of owed) await end(id, tryId, outcome);
      let pages = 0;
      for await (const page of log.newest()) {
        for (const { id, value } of page) {
          const isLost = value.kind === "act" && value.outcome.state === "begun" && !isUnderWay(value, now());
          if (!isLost || underWay.has(id) || owed.has(id)) continue;
          const later = (error: unknown) =>
            logger.warn("an interrupted act is looked at later", { requestId: id, reason: String(error) });
          await closeOne(id, value).catch(later);
        }
        if (++pages === mostPages) break;
      }
    },
  };
}

function isLastTry(there: OwnAct | Tally, act: OwnAct): boolean {
  return there.kind === "act" && there.tryId === act.tryId && there.outcome.state === act.outcome.state;
}

function demandSame(there: OwnAct | Tally, asked: Asked): OwnAct {
  if (there.kind === "act" && isSame(there, asked)) return there;
  throw new AppError("idempotency_key_reused", "This request id belongs to another act. Use a new one.");
}

function refuseUnrecorded(cause: unknown): never {
  if (!isKind(cause, "unavailable")) throw cause;
  throw new AppError("unavailable", "It was not done, as it cannot be recorded now. Try again later.", {}, { cause });
}
