import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { ConnectRouter } from "@connectrpc/connect";
import { z } from "zod";
import { AppError } from "#common/errors";
import type { ActRecordSchema } from "#common/genproto/common/v1/act_pb";
import { type GetPaymentFileResponseSchema, PaymentStaffService } from "#common/genproto/payment/v1/staff_pb";
import { parse } from "#common/http/validate";
import { momentOf } from "#common/moment";
import type { PaymentApp } from "../app/app.ts";
import type { Payment } from "../domain/payment.ts";
import type { ActRecord } from "../domain/putAside.ts";
import { disputesOf, openRefundsOf, putAsideMessage, putAsideRefund, refundsOf } from "./moneyProto.ts";
import { paymentMessage } from "./proto.ts";

const text = z.string().max(200);
const act = z.object({
  requestId: z.uuid(),
  subject: z.string().min(1).max(200),
  name: text,
  reason: z.string().max(500),
});
const resolving = z.object({
  act,
  eventId: z.string().min(1).max(255),
  decision: z.object({ case: z.enum(["refund", "dismiss"]) }),
});
const wanted = z.object({
  subject: text,
  action: text,
  target: text,
  pageSize: z.number().int().min(0).max(200),
  pageToken: text.regex(/^\d*$/, "take it from next_page_token of the page before"),
});
const moneyWanted = z.object({ pageSize: z.number().int().min(0).max(200), pageToken: z.string().max(400) });
const orderId = z.string().min(1).max(128);
const ofOrder = z.object({ orderId });
const ofOrders = z.object({ orderIds: z.array(orderId).max(100) });

const usualPage = 50;
const mostMoney = 200;

/** PaymentStaffService, for the staff service alone. @param dashboard where the provider shows a payment. */
export function paymentStaffRpc(
  app: PaymentApp,
  dashboard: (paymentId: string) => string,
): (router: ConnectRouter) => void {
  const fileOf = (payment: Payment): MessageInitShape<typeof GetPaymentFileResponseSchema> => ({
    payment: paymentMessage(payment),
    refunds: refundsOf(payment),
    disputes: disputesOf(payment),
    dashboardUrl: "paymentId" in payment ? dashboard(payment.paymentId) : "",
  });

  return (router) =>
    router.service(PaymentStaffService, {
      async getPaymentFile(request) {
        const { orderId } = parse(ofOrder, request);
        const [payment] = await app.getPayments({ orderIds: [orderId] });
        if (!payment) throw new AppError("not_found", "No payment of this order is known");
        return fileOf(payment);
      },

      async listPaymentFiles(request) {
        const payments = await app.getPayments(parse(ofOrders, request));
        return { files: payments.filter((payment) => payment !== undefined).map(fileOf) };
      },

      async listMoney(request) {
        const { pageSize, pageToken: after } = parse(moneyWanted, request);
        const wanted = { limit: pageSize || mostMoney, ...(after && { after }) };
        const { putAside, goingBack, payments, next = "" } = await app.listMoney(wanted);
        return {
          putAside: putAside.map(putAsideMessage),
          refunds: [...payments.flatMap(openRefundsOf), ...goingBack.flatMap(putAsideRefund)],
          disputes: payments.flatMap(disputesOf),
          nextPageToken: next,
        };
      },

      async resolvePutAside(request) {
        const { act, eventId, decision } = parse(resolving, request);
        await app.resolvePutAside({ act, eventId, decision: decision.case });
        return {};
      },

      async listPaymentActs({ filter }) {
        const { pageSize, pageToken, ...fields } = parse(wanted, filter ?? noFilter);
        const page = { limit: pageSize || usualPage, ...(pageToken && { after: Number(pageToken) }) };
        const { from, until } = filter ?? {};
        const times = { from: from && momentOf(from, "from"), until: until && momentOf(until, "until") };
        const { records, next } = await app.listActs({ ...fields, ...times, ...page });
        return { page: { records: records.map(recordMessage), nextPageToken: next ? String(next) : "" } };
      },
    });
}

const noFilter = { subject: "", action: "", target: "", pageSize: 0, pageToken: "" };

function recordMessage({ at, ...record }: ActRecord): MessageInitShape<typeof ActRecordSchema> {
  return { ...record, at: timestampFromDate(new Date(at)) };
}
