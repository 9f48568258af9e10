import { type Client, createClient, createRouterTransport } from "@connectrpc/connect";
import { serverErrors, withDomainErrors } from "#common/connect/errors";
import {
  type CheckoutStatus,
  CheckoutStatusSchema,
  PaymentService,
  type RefundState,
  RefundStateSchema,
} from "#common/genproto/payment/v1/payment_pb";
import { PaymentStaffService } from "#common/genproto/payment/v1/staff_pb";
import { silentLogger } from "#common/logging";
import type { Service } from "#common/service";

/** Calls of a built payment's Connect service without a network. */
export function clientOf({ rpc }: Service): Client<typeof PaymentService> {
  if (!rpc) throw new Error("payment has no Connect service");
  const router = { interceptors: [serverErrors(silentLogger)] };
  return createClient(PaymentService, withDomainErrors(createRouterTransport(rpc, { router })));
}

/** Calls of what staff may do with money. */
export function staffOf({ rpc }: Service): Client<typeof PaymentStaffService> {
  if (!rpc) throw new Error("payment has no Connect service");
  const router = { interceptors: [serverErrors(silentLogger)] };
  return createClient(PaymentStaffService, withDomainErrors(createRouterTransport(rpc, { router })));
}

/** How a refund stands, as tests read it. */
export const refundStateOf = (answer: { state: RefundState }): string | undefined =>
  RefundStateSchema.value[answer.state]?.localName;

/** A status as tests read it. */
export const statusOf = (answer: { payment?: { status: CheckoutStatus } | undefined }): string | undefined =>
  answer.payment && CheckoutStatusSchema.value[answer.payment.status]?.localName;
