import { type DescMessage, fromJson, type JsonValue, type MessageShape, toJson } from "@bufbuild/protobuf";
import { type RequestHandler, Router } from "express";
import { z } from "zod";
import { messageAttributes } from "#common/conventions";
import type { CloudEvent } from "#common/dapr/ports";
import { AppError, isKind } from "#common/errors";
import { eventRoute } from "#common/eventRoute";
import type { Logger } from "#common/logging";
import type { EventOutcome, Metrics } from "#common/metrics";
import { postponed } from "#common/postponed";
import { contextIn, inSpan } from "#common/tracing";

/** The topics, one for each event message. */
export type Topic = "order.created" | "order.paid" | "order.cancelled";

/** The version of the event messages that is written, and the only one that is read. */
export const eventVersion = 1;

type EventMessage = { meta?: { eventId: string; version: number; traceparent: string } | undefined };

/** Wraps an event message for its travel. @throws when the message has no meta. */
export function toCloudEvent<D extends DescMessage>(
  source: string,
  type: Topic,
  schema: D,
  message: MessageShape<D> & EventMessage,
): CloudEvent {
  const { meta } = message;
  if (!meta) throw new Error(`an event of type ${type} needs its meta`);
  const event = { specversion: "1.0", id: meta.eventId, source, type, datacontenttype: "application/json" } as const;
  const data = toJson(schema, message);
  return meta.traceparent ? { ...event, traceparent: meta.traceparent, data } : { ...event, data };
}

/** What a handler of one event type promises: "done" or "repeated" acknowledge the event, "retry" has it sent again. */
export type EventHandler<M> = (event: M) => Promise<EventOutcome>;

/** One event type that a service consumes. */
export type Subscription = { topic: Topic; handle: (event: unknown) => Promise<EventOutcome> };

/** What consuming writes to. */
export type EventContext = { logger: Logger; metrics: Metrics };

const envelope = z.object({ id: z.string(), type: z.string(), traceparent: z.string().optional(), data: z.unknown() });
const partialEnvelope = envelope.partial();

/**
 * A subscription that decodes, observes and never throws: what cannot be read or handled answers "retry", so that
 * the broker dead-letters it after its retries instead of losing it.
 *
 * What fails because somebody else is away is taken over and tried again here: the broker's few retries would be over
 * before a database is back, and no event of a batch is acknowledged before the last of them. A process that ends with
 * it loses nothing: every event is sent again by age until its effect is seen.
 */
export function subscription<D extends DescMessage>(
  topic: Topic,
  schema: D,
  handler: EventHandler<MessageShape<D>>,
  { logger, metrics }: EventContext,
): Subscription {
  const later = postponed(logger);
  const handle = async (delivered: unknown): Promise<EventOutcome> => {
    const started = performance.now();
    const { id: eventId, traceparent } = partialEnvelope.safeParse(delivered).data ?? {};
    const span = {
      kind: "CONSUMER",
      parent: contextIn(traceparent),
      attributes: () => messageAttributes("process", topic, eventId ?? ""),
    } as const;
    return inSpan(`consume ${topic}`, span, async () => {
      let outcome: EventOutcome = "retry";
      try {
        const message = decode(topic, schema, delivered);
        try {
          outcome = await handler(message);
        } catch (error) {
          const attempt = () => inSpan(`consume ${topic}`, span, () => handler(message));
          const fields = { topic, eventId: eventId ?? "" };
          if (!isKind(error, "unavailable") || !later.add({ fields, attempt })) throw error;
          outcome = "postponed";
          logger.info("event postponed", { ...fields, reason: error.message });
        }
        logger.debug("event handled", { topic, eventId, outcome });
      } catch (error) {
        if (error instanceof AppError) logger.warn("event refused", { topic, eventId, reason: error.message });
        else logger.error("event failed", { topic, eventId }, error);
      }
      metrics.event(topic, outcome, (performance.now() - started) / 1000);
      return outcome;
    });
  };
  return { topic, handle };
}

/** The routes that the sidecar delivers to, one for each subscription; `parseBody` reads a whole batch of events. */
export function eventRoutes(subscriptions: readonly Subscription[], parseBody: RequestHandler): Router {
  const router = Router();
  for (const { topic, handle } of subscriptions) router.post(`/events/${topic}`, eventRoute(handle, parseBody));
  return router;
}

/** The event message in a delivery. @throws AppError "invalid" that says what is wrong with it. */
export function decode<D extends DescMessage>(topic: Topic, schema: D, delivered: unknown): MessageShape<D> {
  const event = envelope.safeParse(delivered);
  if (!event.success) throw new AppError("invalid", "The delivery is not a CloudEvent");
  if (event.data.type !== topic) throw new AppError("invalid", `An event of type ${event.data.type} came on ${topic}`);
  let message: MessageShape<D>;
  try {
    message = fromJson(schema, event.data.data as JsonValue, { ignoreUnknownFields: true });
  } catch (cause) {
    throw new AppError("invalid", `The event's data is not a ${schema.typeName}`, {}, { cause });
  }
  const { meta } = message as EventMessage;
  if (meta?.version !== eventVersion) {
    throw new AppError("invalid", `Version ${meta?.version} of ${schema.typeName} is not known here`);
  }
  return message;
}
