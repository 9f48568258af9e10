import type { RequestHandler } from "express";
import { z } from "zod";
import type { EventOutcome } from "#common/metrics";

/** Handles one delivery, which may be no event at all. */
export type HandleEvent = (event: unknown) => Promise<EventOutcome>;

const batch = z.object({ entries: z.array(z.unknown()) });
const entry = z.object({ entryId: z.string(), event: z.unknown() }).partial();

/**
 * What the sidecar delivers to: a batch of a bulk subscription, or one event alone, as replicas of the version before
 * have it delivered. All events of a batch are handled at once, so that what they ask of others can travel together, and
 * each gets the answer that it would get alone. An event alone: 200 acknowledges it, 500 has it sent again. Never a 4xx, nor
 * DROP: Dapr loses those.
 * @param parseBody reads the JSON body; what it cannot read is sent again, and in the end dead-lettered.
 */
export function eventRoute(handle: HandleEvent, parseBody: RequestHandler): RequestHandler[] {
  const isHandled = async (event: unknown) => (await handle(event).catch(() => "retry")) !== "retry";

  const answer = async (one: unknown) => {
    const { entryId = "", event } = entry.safeParse(one).data ?? {};
    return { entryId, status: (await isHandled(unwrapped(event))) ? "SUCCESS" : "RETRY" };
  };

  return [
    unreadableIsNothing(parseBody),
    async ({ body }, response) => {
      const delivered = batch.safeParse(body).data;
      if (!delivered) return void response.status((await isHandled(body)) ? 200 : 500).json({});
      response.json({ statuses: await Promise.all(delivered.entries.map(answer)) });
    },
  ];
}

/** Subscriptions with `rawPayload` get the message's own bytes, in base64; what is no JSON in them is no event. */
function unwrapped(event: unknown): unknown {
  if (typeof event !== "string") return event;
  try {
    return JSON.parse(Buffer.from(event, "base64").toString("utf8"));
  } catch {
    return undefined;
  }
}

/** A body that could not be read would end in a 4xx, and be lost. */
function unreadableIsNothing(parseBody: RequestHandler): RequestHandler {
  return (request, response, next) =>
    parseBody(request, response, (error: unknown) => {
      if (error) request.body = undefined;
      next();
    });
}
