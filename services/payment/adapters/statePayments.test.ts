import { expect, test } from "vitest";
import { StateConflict } from "#common/dapr/ports";
import { barPayment, openPayment, type Payment } from "../domain/payment.ts";
import { confirm } from "../domain/transitions.ts";
import { slowState } from "../testing/fakes.ts";
import { statePayments } from "./statePayments.ts";

const open = openPayment({
  orderId: "order-1",
  customerId: "customer-1",
  total: { amount: 1200, currency: "eur" },
  session: { id: "cs_1", url: "https://pay.example/cs_1" },
  traceparent: "",
});

const confirmed = (eventId: string) => (payment: Payment) => {
  const taken = { amount: 1200, currency: "eur" };
  if (payment.status === "barred") throw new Error("barred");
  return confirm(payment, { eventId, sessionId: "cs_1", paymentId: `pi_${eventId}`, taken, at: new Date(0) });
};

test("a payment that was there first stays, and is the answer", async () => {
  const payments = statePayments(slowState());
  await payments.add(open);
  const second = { ...open, session: { id: "cs_2", url: "https://pay.example/cs_2" } };
  expect(await payments.add(second)).toMatchObject(open);
  expect(await payments.find("order-1")).toMatchObject(open);
});

test("of several changes at once none is lost, and the first payment stays", async () => {
  const payments = statePayments(slowState());
  await payments.add(open);
  const events = ["evt_1", "evt_2", "evt_3", "evt_4"];
  const changed = await Promise.all(events.map((event) => payments.update(open, confirmed(event))));
  expect(new Set(changed.map(({ paymentId }) => paymentId)).size).toBe(1);
  const stored = await payments.find("order-1");
  expect(stored).toMatchObject({ status: "paid", paymentId: changed[0]?.paymentId });
});

test("a change that never wins ends as unavailable", async () => {
  const state = slowState();
  const payments = statePayments(state);
  await payments.add(open);
  let tries = 0;
  state.save = async () => {
    tries++;
    throw new StateConflict("payment-order-1");
  };
  await expect(payments.update(open, confirmed("evt_1"))).rejects.toMatchObject({ kind: "unavailable" });
  expect(tries).toBe(10);
});

test("a payment that the store has forgotten is changed from what is known, and stored again", async () => {
  const payments = statePayments(slowState());
  await payments.update(open, confirmed("evt_1"));
  expect(await payments.find("order-1")).toMatchObject({ status: "paid", paymentId: "pi_evt_1" });
});

test("a payment that is barred keeps others from being opened, and gives way only to one that the provider knows", async () => {
  const payments = statePayments(slowState());
  const barred = barPayment("order-1", "customer");
  await payments.add(barred);
  expect(await payments.add(open)).toEqual(barred);
  expect(await payments.restore(open)).toEqual(open);
  const other = { ...open, session: { id: "cs_2", url: "" } };
  expect(await payments.restore(other)).toMatchObject(open);
});

test("a list of seen events, which the version before kept, decides nothing", async () => {
  const state = slowState();
  await state.save("payment-order-1", { ...open, seenEvents: ["evt_1"] }, { create: true });
  expect(await statePayments(state).update(open, confirmed("evt_1"))).toMatchObject({ status: "paid" });
});
