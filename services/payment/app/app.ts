import { observed } from "#common/decorator/observed";
import type { Logger } from "#common/logging";
import type { Metrics } from "#common/metrics";
import { type ConfirmPaymentDeps, confirmPayment } from "./command/confirmPayment.ts";
import { type RequestPaymentDeps, requestPayment } from "./command/requestPayment.ts";

/** What payment does, each use case with its decorators. */
export type PaymentApp = ReturnType<typeof createApp>;

/** Puts the use cases together. */
export function createApp(
  deps: RequestPaymentDeps & ConfirmPaymentDeps,
  { logger, metrics }: { logger: Logger; metrics: Metrics },
) {
  const to = { logger, metrics, ids: ({ orderId }: { orderId: string }) => ({ orderId }) };
  return {
    requestPayment: observed("requestPayment", requestPayment(deps), to),
    confirmPayment: observed("confirmPayment", confirmPayment(deps), to),
  };
}
