import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { HandlerContext, ServiceImpl } from "@connectrpc/connect";
import type { Letter } from "#common/deadLetters/letter";
import type { DeadLetterSchema, DeadLettersRequest, StaffService } from "#common/genproto/staff/v1/staff_pb";
import type { Logger } from "#common/logging";
import type { DeadLetters } from "../../adapters/deadLetters.ts";
import { actOf } from "../caller.ts";

type Rpc = Pick<ServiceImpl<typeof StaffService>, "listDeadLetters" | "resendDeadLetters" | "discardDeadLetters">;

/** How many acts are remembered, so that one that is asked for again is answered and not done again. */
const remembered = 1_000;

/** What consumers gave up on. The broker keeps no record of who did what with it, so the log does. */
export function deadLetterRpc(deadLetters: DeadLetters, logger: Logger): Rpc {
  const done = new Map<string, Promise<number>>();

  async function once(how: "resend" | "discard", request: DeadLettersRequest, context: HandlerContext) {
    const { requestId, subject, reason } = actOf(request, context);
    const { queue, eventIds } = request;
    const before = done.get(requestId);
    const work = before ?? deadLetters[how](queue, eventIds);
    if (!before) remember(requestId, work);
    try {
      const count = await work;
      if (!before)
        logger.info(`dead letters: ${how}`, { queue, count, asked: eventIds.length, requestId, subject, reason });
      return { count };
    } catch (error) {
      done.delete(requestId);
      throw error;
    }
  }

  function remember(requestId: string, work: Promise<number>): void {
    done.set(requestId, work);
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
