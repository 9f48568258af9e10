import { type Client, createClient, createRouterTransport } from "@connectrpc/connect";
import { serverErrors, withDomainErrors } from "#common/connect/errors";
import { type CheckoutStatus, CheckoutStatusSchema, PaymentService } from "#common/genproto/payment/v1/payment_pb";
import { silentLogger } from "#common/logging";
import type { Service } from "#common/service";

/** Calls of a built payment's Connect service without a network. */
export function clientOf({ rpc }: Service): Client<typeof PaymentService> {
  if (!rpc) throw new Error("payment has no Connect service");
  const router = { interceptors: [serverErrors(silentLogger)] };
  return createClient(PaymentService, withDomainErrors(createRouterTransport(rpc, { router })));
}

/** A status as tests read it. */
export const statusOf = (answer: { payment?: { status: CheckoutStatus } | undefined }): string | undefined =>
  answer.payment && CheckoutStatusSchema.value[answer.payment.status]?.localName;
