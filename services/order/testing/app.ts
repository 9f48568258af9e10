import { silentLogger } from "#common/logging";
import { createMetrics } from "#common/metrics";
import { fakeBus } from "#common/testing/fakeBus";
import { announcer } from "../adapters/announcer.ts";
import { memoryOrders } from "../adapters/memoryOrders.ts";
import { type AdmissionLimits, createAdmission } from "../app/admission.ts";
import { createOrderApp } from "../app/app.ts";
import type { UnpaidLimits } from "../app/command/unpaidFood.ts";
import { outboxEffects } from "../app/effects.ts";
import { withListeners } from "../app/listeners.ts";
import { createOutbox } from "../app/outbox.ts";
import type { Finding, InTrace } from "../app/services.ts";
import { unpaidTally } from "../app/unpaidTally.ts";
import type { Line } from "../domain/lines.ts";
import type { OrderRepository } from "../domain/orderRepository.ts";
import { fakePayments } from "./fakePayments.ts";
import { fakeStock } from "./fakes.ts";
import { noon } from "./orders.ts";

type Parts = {
  stock?: ReturnType<typeof fakeStock>;
  orders?: OrderRepository;
  bus?: ReturnType<typeof fakeBus>;
  payments?: ReturnType<typeof fakePayments>;
  maxOpenOrders?: number;
  unpaidLimits?: UnpaidLimits;
  holdMs?: number;
  admissionLimits?: Partial<AdmissionLimits>;
};

/** The order service's use cases on fakes, at a time that the test sets (`clock.now`, from noon on). */
export function orderApp(parts: Parts = {}) {
  const { stock = fakeStock({ tea: 10, cake: 10 }), bus = fakeBus() } = parts;
  const { payments = fakePayments() } = parts;
  const tally = unpaidTally();
  const orders = withListeners(parts.orders ?? memoryOrders(), [tally.hear]);
  const clock = { now: noon };
  const now = () => ({ at: new Date(clock.now), traceId: "" });
  const inTrace: InTrace = (_name, _traceparent, work) => work();
  let ids = 0;
  const newId = () => `event-${++ids}`;
  const seen = { soon: 0, findings: [] as Finding[] };
  const soon = () => void seen.soon++;
  const report = (finding: Finding) => void seen.findings.push(finding);
  const effects = outboxEffects({ orders, stock, payments, now, newId, soon, report });
  const outbox = createOutbox({
    orders,
    effects,
    announce: announcer(bus),
    now,
    inTrace,
    report,
    logger: silentLogger,
  });
  const metrics = createMetrics("order", false);
  const milliseconds = () => clock.now;
  const admission = createAdmission({ orders, metrics, clock: milliseconds, limits: parts.admissionLimits ?? {} });
  const app = createOrderApp({
    admission,
    clock: milliseconds,
    orders,
    stock,
    payments,
    report,
    outbox,
    now,
    ttlMs: 1_800_000,
    holdMs: parts.holdMs ?? 1_800_000,
    maxOpenOrders: parts.maxOpenOrders ?? Number.POSITIVE_INFINITY,
    unpaidLimits: parts.unpaidLimits ?? {},
    tally,
    orderId: (customerId, key) => `${customerId}/${key}`,
    isAccount: (customerId) => customerId.startsWith("account-"),
    newId,
    traceparent: () => "",
    inTrace,
    soon,
    closeSoon: (orderId, entryId) => orders.update(orderId, (order) => order.closeSale(entryId, now())),
    logger: silentLogger,
    metrics,
  });
  return { admission, app, stock, payments, orders, bus, outbox, clock, seen, stamp: now };
}

/** The order service with an order of two tea of ann's, which waits for its payment; it expires 1800 s after noon. */
export async function waitingOrder(parts: Parts = {}) {
  const made = orderApp(parts);
  const { app, orders, stock, payments, clock, outbox } = made;
  const { id: orderId, total } = await app.createOrder(wish({ tea: 2 }));
  await app.offerPayment({ orderId, paymentLink, checkoutSessionId: "cs_1" });
  const order = async () => {
    const found = await orders.get(orderId);
    if (!found) throw new Error(`order ${orderId} is gone`);
    return found.snapshot;
  };
  return {
    ...made,
    orderId,
    total,
    order,
    status: async () => (await order()).status,
    cancel: () => app.cancelOrder({ customerId: "ann", orderId }),
    pay: (amount = total) => app.payOrder({ orderId, amount }),
    /** A kitchen takes it and finishes it. */
    async cook(kitchenId = "kitchen-1") {
      await app.claimTickets({ kitchenId, count: 1, leaseSeconds: 60 });
      return app.markReady({ orderId, kitchenId });
    },
    /** The provider has the money; nobody has been told. */
    takeMoney: () => void payments.statuses.set(orderId, "paid"),
    refunds: () => payments.calls.filter((call) => call.startsWith("refund")).length,
    reservation: () => stock.held.get(orderId)?.status,
    /** So many seconds pass, and what is due is done. */
    async pass(seconds: number) {
      clock.now += seconds * 1000;
      await outbox.sweep();
      await app.lookAfter();
      await outbox.sweep();
    },
  };
}

/** Where the order of {@link waitingOrder} is paid. */
export const paymentLink = "https://pay.example/1";

/** What ann wants, under one key. */
export function wish(quantities: Record<string, number>, idempotencyKey = "key-1", customerId = "ann") {
  const lines: Line[] = Object.entries(quantities).map(([productId, quantity]) => ({ productId, quantity }));
  return { customerId, idempotencyKey, lines };
}

/** The ids of the events of a type that were published. */
export function told(bus: ReturnType<typeof fakeBus>, type: string): string[] {
  return bus.published.filter((event) => event.type === type).map(({ id }) => id);
}
