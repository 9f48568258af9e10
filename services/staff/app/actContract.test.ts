import { randomUUID } from "node:crypto";
import { memoryKeep } from "#common/dapr/memory";
import { AppError } from "#common/errors";
import { keptLog } from "#common/kept/log";
import { silentLogger } from "#common/logging";
import { actContract, type Wish } from "#common/testing/act.suite";
import { keepOwnActs, type OwnLog } from "./ownActs.ts";

actContract("staff itself", async () => {
  const log: OwnLog = keptLog(memoryKeep(), "acts");
  let effects = 0;
  const acts = keepOwnActs({
    log,
    left: async () => ({ ids: new Set(), isWhole: true }),
    newId: randomUUID,
    logger: silentLogger,
    now: Date.now,
    traceId: () => "",
  });
  const act = ({ id: requestId, subject, content }: Wish, work: () => Promise<number>) =>
    acts.act(
      { requestId, subject, name: subject, reason: "", action: "dead_letters.resend", target: "q", ids: [content] },
      work,
    );
  return {
    act: (wish) => act(wish, async () => ++effects),
    refusedAct: (wish) => act(wish, () => Promise.reject(new AppError("not_found", "There is no such queue"))),
    effects: async () => effects,
    async records() {
      const all: { id: string; subject: string; refusal: string }[] = [];
      for await (const page of log.newest())
        for (const { id, value } of page)
          all.push({
            id,
            subject: value.subject,
            refusal: value.kind === "act" && value.outcome.state === "failed" ? "failed" : "",
          });
      return all;
    },
  };
});
