import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { HandlerContext, ServiceImpl } from "@connectrpc/connect";
import type { Letter } from "#common/deadLetters/letter";
import type { DeadLetterSchema, DeadLettersRequest, StaffService } from "#common/genproto/staff/v1/staff_pb";
import type { DeadLetters } from "../../adapters/deadLetters.ts";
import type { OwnActs } from "../../app/ownActs.ts";
import { actOf } from "../caller.ts";

type Rpc = Pick<ServiceImpl<typeof StaffService>, "listDeadLetters" | "resendDeadLetters" | "discardDeadLetters">;

const actions = { resend: "dead_letters.resend", discard: "dead_letters.discard" } as const;

/** What consumers gave up on. The broker keeps no record of who did what with it, so staff's own does. */
export function deadLetterRpc(deadLetters: DeadLetters, ownActs: OwnActs): Rpc {
  async function once(how: "resend" | "discard", request: DeadLettersRequest, context: HandlerContext) {
    const { requestId, subject, name, reason } = actOf(request, context);
    const { queue: target, eventIds: ids } = request;
    const asked = { requestId, subject, name, reason, action: actions[how], target, ids };
    return { count: await ownActs.act(asked, () => deadLetters[how](target, ids)) };
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
