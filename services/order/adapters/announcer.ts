import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { CloudEvent, EventBus } from "#common/dapr/ports";
import { eventVersion, toCloudEvent } from "#common/events";
import { OrderCancelledSchema, OrderCreatedSchema } from "#common/genproto/events/v1/events_pb";
import type { Announce, Announcement } from "../app/ports.ts";
import type { EventType } from "../domain/outbox.ts";

const source = "order";

/** Publishes outbox entries as events, the ones of a topic together. */
export function announcer(bus: EventBus): Announce {
  return async (announcements) => {
    const failed = await Promise.all(
      (["order.created", "order.cancelled"] as const).map((topic) => {
        const told = announcements.filter(({ entry }) => entry.type === topic);
        const events = told.map((announcement) => eventOf(topic, announcement));
        return events.length === 0 ? [] : bus.publish(topic, events);
      }),
    );
    return failed.flat();
  };
}

function eventOf(topic: EventType, { entry, order }: Announcement): CloudEvent {
  const meta = {
    eventId: entry.id,
    version: eventVersion,
    occurredAt: timestampFromDate(entry.at),
    traceparent: order.traceparent,
  };
  const money = ({ amount, currency }: { amount: number; currency: string }) => ({ amount: BigInt(amount), currency });
  if (topic === "order.cancelled") {
    const message = create(OrderCancelledSchema, {
      meta,
      orderId: order.id,
      reason: order.history.find(({ status }) => status === "cancelled")?.reason ?? "",
    });
    return toCloudEvent(source, topic, OrderCancelledSchema, message);
  }
  const message = create(OrderCreatedSchema, {
    meta,
    orderId: order.id,
    customerId: order.customerId,
    items: order.lines.map(({ unitPrice, ...line }) => ({ ...line, unitPrice: money(unitPrice) })),
    total: money(order.total),
    expiresAt: timestampFromDate(order.expiresAt),
  });
  return toCloudEvent(source, topic, OrderCreatedSchema, message);
}
