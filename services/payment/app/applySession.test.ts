import { expect, test } from "vitest";
import { memoryKeep } from "#common/dapr/memory";
import { silentLogger } from "#common/logging";
import { formerMoney } from "../adapters/formerMoney.ts";
import { keptPutAsides } from "../adapters/keptPutAsides.ts";
import { stateNames } from "../adapters/stateNames.ts";
import { statePayments } from "../adapters/statePayments.ts";
import { barPayment, openPayment, type PaidPayment } from "../domain/payment.ts";
import { slowState } from "../testing/fakes.ts";
import { applySession } from "./applySession.ts";

const total = { amount: 1200, currency: "eur" };
const session = { id: "cs_1", url: "https://pay.example/cs_1" };
const open = openPayment({ orderId: "order-1", customerId: "customer-1", total, session, traceparent: "" });
const confirmation = { eventId: "evt_1", sessionId: "cs_1", paymentId: "pi_1", taken: total, at: new Date(0) };
const back = { refunds: [], disputes: [] };

test.each([
  ["forgotten", undefined],
  ["forgotten and barred", barPayment("order-1", "customer")],
])("money that came is kept and announced even if the payment was %s meanwhile", async (_name, meanwhile) => {
  const state = slowState();
  const announced: PaidPayment[] = [];
  const payments = statePayments(state);
  if (meanwhile) await payments.add(meanwhile);
  const apply = applySession({
    payments,
    putAsides: keptPutAsides(memoryKeep(), formerMoney(state)),
    toAttend: stateNames(state, "unsettled"),
    paidOrders: { announce: async (payment) => void announced.push(payment) },
    logger: silentLogger,
  });
  expect(await apply(open, { status: "paid", confirmation, back })).toMatchObject({ outcome: "changed" });
  expect(announced).toHaveLength(1);
  expect(await payments.find("order-1")).toMatchObject({ status: "paid", announced: true });
});
