import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { moneyMessage } from "#common/connect/money";
import type { CloudEvent, EventBus } from "#common/dapr/ports";
import { eventVersion, toCloudEvent } from "#common/events";
import { OrderCreatedSchema } from "#common/genproto/events/v1/events_pb";
import type { Announce, Announcement } from "../app/services.ts";

/**
 * Publishes the outbox entries of new orders as `order.created`, all of them together. One that cannot be written as a
 * message is not sent, and holds up no other.
 */
export function announcer(bus: EventBus): Announce {
  return async (announcements) => {
    const unwritten: string[] = [];
    const events = announcements.flatMap((announcement) => {
      try {
        return [orderCreated(announcement)];
      } catch {
        unwritten.push(announcement.entry.id);
        return [];
      }
    });
    const unsent = events.length > 0 ? await bus.publish("order.created", events) : [];
    return [...unsent, ...unwritten];
  };
}

function orderCreated({ entry, order }: Announcement): CloudEvent {
  const meta = {
    eventId: entry.id,
    version: eventVersion,
    occurredAt: timestampFromDate(entry.at),
    traceparent: order.traceparent,
  };
  const message = create(OrderCreatedSchema, {
    meta,
    orderId: order.id,
    customerId: order.customerId,
    // What a guest asks of the cook is for the kitchen alone; what they pay for is called as they read it.
    items: order.lines.map(({ unitPrice, note: _, translatedName, ...line }) => {
      return { ...line, name: translatedName ?? line.name, unitPrice: moneyMessage(unitPrice) };
    }),
    total: moneyMessage(order.total),
    // The payment page is there for whoever opens it in time, until the end.
    expiresAt: timestampFromDate(order.hold?.payableUntil ?? order.expiresAt),
    language: order.language ?? "",
  });
  return toCloudEvent("order", "order.created", OrderCreatedSchema, message);
}
