import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { HandlerContext, ServiceImpl } from "@connectrpc/connect";
import type { Letter } from "#common/deadLetters/letter";
import { AppError } from "#common/errors";
import type { DeadLetterSchema, DeadLettersRequest, StaffService } from "#common/genproto/staff/v1/staff_pb";
import type { Logger } from "#common/logging";
import type { DeadLetters } from "../../adapters/deadLetters.ts";
import { actOf } from "../caller.ts";

type Rpc = Pick<ServiceImpl<typeof StaffService>, "listDeadLetters" | "resendDeadLetters" | "discardDeadLetters">;

/** How many acts are remembered, so that one that is asked for again is answered and not done again. */
const remembered = 1_000;

/** An act that is under way or done: all that was asked for, and how many letters it was about. */
type Done = { readonly content: string; readonly work: Promise<number> };

/**
 * What consumers gave up on. The broker keeps no record of who did what with it, so the log does, also of what failed:
 * some letters may be gone by then.
 */
export function deadLetterRpc(deadLetters: DeadLetters, logger: Logger): Rpc {
  const done = new Map<string, Done>();

  async function once(how: "resend" | "discard", request: DeadLettersRequest, context: HandlerContext) {
    const { requestId, subject, reason } = actOf(request, context);
    const { queue, eventIds } = request;
    const content = JSON.stringify([how, subject, reason, queue, eventIds]);
    const before = done.get(requestId);
    if (before && before.content !== content)
      throw new AppError("idempotency_key_reused", "This request id belongs to another act. Use a new one.");
    if (before) return { count: await before.work };
    const told = { queue, asked: eventIds.length, requestId, subject, reason };
    const work = deadLetters[how](queue, eventIds);
    remember(requestId, { content, work });
    try {
      const count = await work;
      logger.info(`dead letters: ${how}`, { ...told, count });
      return { count };
    } catch (error) {
      done.delete(requestId);
      logger.warn(`dead letters: ${how} failed`, { ...told, why: String(error) });
      throw error;
    }
  }

  function remember(requestId: string, act: Done): void {
    done.set(requestId, act);
    if (done.size > remembered) done.delete(done.keys().next().value ?? "");
  }

  return {
    async listDeadLetters() {
      const queues = await deadLetters.list();
      return { queues: queues.map(({ name, count, letters }) => ({ name, count, letters: letters.map(shown) })) };
    },
    resendDeadLetters: (request, context) => once("resend", request, context),
    discardDeadLetters: (request, context) => once("discard", request, context),
  };
}

/** The longest text that is shown of what is no event, in characters. */
const longestText = 2_000;

function shown({ id, type, diedAt, event, unreadable }: Letter): MessageInitShape<typeof DeadLetterSchema> {
  const orderId = event !== null && typeof event === "object" && "orderId" in event ? String(event.orderId) : "";
  return {
    eventId: id,
    orderId,
    type,
    ...(diedAt && { occurredAt: timestampFromDate(diedAt) }),
    event: JSON.stringify(unreadable ? { why: unreadable.why, text: unreadable.text.slice(0, longestText) } : event),
  };
}
