import { AppError, isKind } from "#common/errors";
import type { RefundNews } from "../domain/moneyBack.ts";
import type { PutAside } from "../domain/putAside.ts";
import type { Checkout, PutAsides } from "./services.ts";

export type FinishPutAsideDeps = { putAsides: PutAsides; checkout: Checkout };

/** How many attempts one call makes, each of which found the one before it spent. */
const mostAttempts = 20;

/**
 * Does what was decided on a message, or looks how it stands.
 * @throws AppError "unavailable" when it is to be tried again.
 */
export function finishPutAside({ putAsides, checkout }: FinishPutAsideDeps) {
  async function finish(message: PutAside): Promise<PutAside> {
    let current = message;
    for (let tries = 0; tries < mostAttempts; tries++) {
      const { refund, eventId, orderId } = current;
      if (refund?.state !== "refunding") return current;
      const paymentId = await paymentOf(current);
      const news = refund.providerId
        ? await findNews(paymentId, refund.providerId)
        : await ask(orderId, paymentId, refund);
      const change = news === "spent" ? { attempt: refund.attempt + 1 } : news && outcomeOf(news);
      if (!change) return current;
      current = await putAsides.update(eventId, (there) =>
        there.refund?.id === refund.id ? { ...there, refund: { ...there.refund, ...change } } : there,
      );
      if (news !== "spent") return current;
    }
    throw new AppError("unavailable", "The provider answers every attempt of this refund with an old error");
  }

  async function ask(orderId: string, paymentId: string, refund: NonNullable<PutAside["refund"]>) {
    try {
      return await checkout.refund({ orderId, paymentId, refund });
    } catch (error) {
      if (!isKind(error, "invalid")) throw error;
      return { state: "failed", failure: error.message } as const;
    }
  }

  async function findNews(paymentId: string, providerId: string): Promise<RefundNews | undefined> {
    return (await checkout.givenBack(paymentId)).refunds.find((one) => one.providerId === providerId);
  }

  /** The version before kept only the session. */
  async function paymentOf({ paymentId, sessionId }: PutAside): Promise<string> {
    if (paymentId) return paymentId;
    const state = (await checkout.find(sessionId))?.state;
    return state?.status === "paid" ? state.confirmation.paymentId : sessionId;
  }

  return finish;
}

function outcomeOf({
  state,
  failure,
  ...news
}: { state: RefundNews["state"]; failure?: string | undefined } & Partial<RefundNews>) {
  return { state, failure, providerId: news.providerId };
}
