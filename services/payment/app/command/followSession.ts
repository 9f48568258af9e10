import type { Handler } from "#common/decorator/observed";
import type { SessionState } from "../../domain/payment.ts";
import { type ApplySessionDeps, applySession } from "../applySession.ts";
import type { Recall } from "../recall.ts";
import type { Orders } from "../services.ts";
import { tellUnpaid } from "./tellUnpaid.ts";

/** News of a session that brought no money: it is under way, or will never come. */
export type FollowSession = {
  orderId: string;
  sessionId: string;
  state: Extract<SessionState, { status: "processing" } | { status: "closed" }>;
};

/** `ignored`: the session is not the one that the order is to be paid with. */
export type Followed = "processing" | "closed" | "repeated" | "ignored";

export type FollowSessionDeps = ApplySessionDeps & { recall: Recall; orders: Orders };

/**
 * Notes what became of a session; one that ended without money tells its order so.
 * @throws AppError "unavailable" when the provider shall try again.
 */
export function followSession(deps: FollowSessionDeps): Handler<FollowSession, Followed> {
  const apply = applySession(deps);

  return async ({ orderId, sessionId, state }) => {
    const payment = await deps.recall(orderId, sessionId);
    if (!payment || payment.status === "barred" || payment.session.id !== sessionId) return "ignored";
    const { outcome, payment: now } = await apply(payment, state);
    if (state.status === "closed" && now.status === "closed") await tellUnpaid(deps, orderId, state.reason);
    return outcome === "changed" ? state.status : "repeated";
  };
}
