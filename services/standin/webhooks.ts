import { createHmac } from "node:crypto";
import * as http from "node:http";
import * as https from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "#common/logging";
import { newId } from "./ids.ts";

/** How webhook messages are sent. */
export type WebhookOptions = {
  url: () => string;
  secret: string;
  logger: Logger;
  now: () => number;
  /** Waits between two tries; rejects as soon as the signal aborts. */
  wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
};

/**
 * When messages leave: as they happen, a minute later, or not at all. "again after minutes": as they happen, but one that is
 * not accepted leaves again only after so long, and ever longer.
 */
export const webhookModes = ["on time", "late", "never", "again after minutes"] as const;

export type WebhookMode = (typeof webhookModes)[number];

/** Sends webhook messages in the background. */
export type Webhooks = {
  send(type: string, object: object): void;
  /** From now on messages leave like this. */
  behave(mode: WebhookMode): void;
  close(): void;
};

/** How much later a late message leaves, in milliseconds. */
const lateMs = 60_000;

/** About twenty minutes of tries, at most 30 seconds apart. */
const mostTries = 50;

/** How long until the next try: half a minute at most, or, as Stripe itself does it, minutes and then hours. */
function waitMs(tries: number, mode: WebhookMode): number {
  return mode === "again after minutes"
    ? Math.min(5 * 60_000 * 2 ** (tries - 1), 8 * 3_600_000)
    : Math.min(500 * 2 ** (tries - 1), 30_000);
}

/** How long an answer may take, in milliseconds. */
const answerMs = 10_000;

/** The `Stripe-Signature` of a message. @param at milliseconds since the epoch. */
export function signatureOf(payload: string, secret: string, at: number): string {
  const timestamp = Math.floor(at / 1000);
  const digest = createHmac("sha256", secret).update(`${timestamp}.${payload}`).digest("hex");
  return `t=${timestamp},v1=${digest}`;
}

/** Webhooks as Stripe sends them: signed anew for each try, and tried again until the answer is a 2xx. */
export function createWebhooks({ url, secret, logger, now, wait = pause }: WebhookOptions): Webhooks {
  const closing = new AbortController();
  let mode: WebhookMode = "on time";
  const plain = { request: http.request, agent: new http.Agent({ keepAlive: true }) };
  const secure = { request: https.request, agent: new https.Agent({ keepAlive: true }) };

  async function attempt(payload: string): Promise<string> {
    const headers = {
      "content-type": "application/json; charset=utf-8",
      "content-length": Buffer.byteLength(payload),
      "stripe-signature": signatureOf(payload, secret, now()),
    };
    const status = await post(headers, payload).catch(() => undefined);
    if (status === undefined) return "no answer";
    return status >= 200 && status < 300 ? "delivered" : `status ${status}`;
  }

  /** Node's own client: fetch costs several times as much, and the stand-in must not be what limits a bench. */
  function post(headers: http.OutgoingHttpHeaders, payload: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const to = new URL(url());
      const { request, agent } = to.protocol === "https:" ? secure : plain;
      const sent = request(to, { method: "POST", headers, agent, signal: closing.signal });
      const late = setTimeout(() => sent.destroy(new Error("no answer")), answerMs);
      sent.once("error", reject).once("close", () => clearTimeout(late));
      sent.once("response", (response) => {
        response.resume();
        response.once("error", reject).once("end", () => resolve(response.statusCode ?? 0));
      });
      sent.end(payload);
    });
  }

  async function deliver(type: string, eventId: string, payload: string, isLate: boolean): Promise<void> {
    if (isLate) await wait(lateMs, closing.signal);
    for (let tries = 1; tries <= mostTries; tries++) {
      const result = await attempt(payload);
      if (result === "delivered" || closing.signal.aborted) return;
      logger.warn("webhook not accepted", { type, eventId, tries, result });
      if (tries < mostTries) await wait(waitMs(tries, mode), closing.signal);
    }
    logger.error("webhook given up", { type, eventId });
  }

  return {
    send(type, object) {
      if (mode === "never") return;
      const id = newId("evt");
      const created = Math.floor(now() / 1000);
      const fixed = { object: "event", livemode: false, pending_webhooks: 1, request: { id: null } };
      const payload = JSON.stringify({ id, ...fixed, type, created, data: { object } }, null, 2);
      deliver(type, id, payload, mode === "late").catch((error: unknown) => {
        if (!closing.signal.aborted) logger.error("webhook failed", { type, eventId: id }, error);
      });
    },
    behave(asked) {
      mode = asked;
    },
    close() {
      closing.abort();
      plain.agent.destroy();
      secure.agent.destroy();
    },
  };
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return sleep(milliseconds, undefined, { signal });
}
