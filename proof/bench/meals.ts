import { createHash } from "node:crypto";
import { Order, type OrderSnapshot } from "../../services/order/domain/order.ts";

/** Of so many orders one has become nothing, and one has cost very much. */
const [cancelledOf, dearOf] = [5_000, 20_000];

/**
 * The `index`th order of a long time, as it lies in the store when all is over: two dishes, paid, cooked by a cook with
 * a name, with the records of what she did.
 */
export function anEatenMeal(index: number, at: number): OrderSnapshot {
  const id = createHash("sha1").update(String(index)).digest("hex").slice(0, 32);
  const stamp = (seconds: number) => ({
    at: new Date(at + seconds * 1_000),
    traceId: "0af7651916cd43dd8448eb211c80319c",
  });
  const amount = index % dearOf === 0 ? 100_000 : 950;
  const line = (dish: number) => ({
    productId: `dish-${dish}`,
    name: `Dish ${dish}`,
    quantity: 1,
    unitPrice: { amount, currency: "eur" },
    stripePriceId: "",
  });
  const order = Order.place({
    id,
    customerId: `guest-${index % 4_000}`,
    lines: [line(index % 24), line((index + 7) % 24)],
    traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    eventId: `${id}-created`,
    stamp: stamp(0),
    expiresAt: new Date(at + 1_800_000),
  });
  order.requestPayment(`https://pay.example/${id}`, stamp(1), `cs_${id}`);
  if (index % cancelledOf === 0) {
    order.cancel("expired", "sweeper", `${id}-cancelled`, stamp(1_800));
    order.closeEntry(`${id}-cancelled`);
    return order.snapshot;
  }
  order.pay(stamp(60), "card");
  for (const { id: entry } of order.snapshot.outbox) order.closeEntry(entry);
  const by = "staff:carla";
  order.claimFor({ by, until: new Date(at + 3_600_000) }, stamp(90));
  order.markReady(by, stamp(600));
  for (const [action, seconds] of [
    ["ticket.take", 90],
    ["ticket.finish", 600],
  ] as const) {
    const { at: when, traceId } = stamp(seconds);
    const record = { subject: "carla", name: "Carla Cook", before: "{}", after: "{}", reason: "", refusal: "" };
    order.record({ ...record, id: `${id}-${action}`, action, target: id, at: when, traceId });
  }
  return order.snapshot;
}
