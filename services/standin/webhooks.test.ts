import Stripe from "stripe";
import { afterEach, expect, test } from "vitest";
import { type Listening, listen } from "#common/http/listen";
import { silentLogger } from "#common/logging";
import { createWebhooks, signatureOf } from "./webhooks.ts";

// A busy machine may take its time.
const patiently = { timeout: 20_000 };

const secret = "whsec_standin_0123456789";
let receiver: Listening | undefined;
afterEach(() => receiver?.close());

/** A receiver that answers with the given statuses, the last one for good; and what it received. */
async function receives(...statuses: number[]) {
  const received: { body: string; signature: string }[] = [];
  const listening = await listen(
    async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      received.push({ body: Buffer.concat(chunks).toString(), signature: String(request.headers["stripe-signature"]) });
      response.writeHead(statuses.length > 1 ? (statuses.shift() ?? 500) : (statuses[0] ?? 500)).end();
    },
    "127.0.0.1",
    0,
  );
  receiver = listening;
  return { received, url: () => `http://127.0.0.1:${listening.port}/hook` };
}

test("a signature is what Stripe's own library writes", () => {
  const payload = '{"id":"evt_1","name":"Phở"}';
  const theirs = Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: 1_700_000_000 });
  expect(signatureOf(payload, secret, 1_700_000_000_999)).toBe(theirs);
});

test("a message is one that Stripe's own library accepts", async () => {
  const { received, url } = await receives(200);
  createWebhooks({ url, secret, logger: silentLogger, now: Date.now }).send("checkout.session.completed", {
    id: "cs_1",
  });
  await expect.poll(() => received.length, patiently).toBe(1);
  const [{ body, signature } = { body: "", signature: "" }] = received;
  expect(Stripe.webhooks.constructEvent(body, signature, secret)).toMatchObject({
    object: "event",
    type: "checkout.session.completed",
    data: { object: { id: "cs_1" } },
  });
});

test("a message is sent again, further and further apart, signed anew, until it is accepted", async () => {
  const { received, url } = await receives(503, 500, 404, 200);
  const waits: number[] = [];
  let time = 1_700_000_000_000;
  const wait = async (milliseconds: number) => {
    waits.push(milliseconds);
    time += milliseconds;
  };
  const webhooks = createWebhooks({ url, secret, logger: silentLogger, now: () => time, wait });
  webhooks.send("checkout.session.completed", {});
  await expect.poll(() => received.length, patiently).toBe(4);
  expect(waits).toEqual([500, 1000, 2000]);
  expect(new Set(received.map(({ body }) => body)).size).toBe(1);
  expect(new Set(received.map(({ signature }) => signature)).size).toBeGreaterThan(1);
});

test("a message that is not accepted may be sent again only after minutes, then ever later, eight hours at most", async () => {
  const { received, url } = await receives(...Array.from({ length: 9 }, () => 503), 200);
  const waits: number[] = [];
  const wait = async (milliseconds: number) => void waits.push(milliseconds / 60_000);
  const webhooks = createWebhooks({ url, secret, logger: silentLogger, now: Date.now, wait });
  webhooks.behave("again after minutes");
  webhooks.send("checkout.session.completed", {});
  await expect.poll(() => received.length, patiently).toBe(10);
  expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 480, 480]);
});

test("a receiver that does not answer at all is tried again", async () => {
  const { received, url } = await receives(200);
  let away = true;
  const wait = async () => {
    away = false;
  };
  const address = () => (away ? "http://127.0.0.1:1/nobody" : url());
  createWebhooks({ url: address, secret, logger: silentLogger, now: Date.now, wait }).send(
    "checkout.session.completed",
    {},
  );
  await expect.poll(() => received.length, patiently).toBe(1);
});

test("closing ends the waiting for the next try, without an error", async () => {
  const { received, url } = await receives(503);
  const errors: string[] = [];
  const logger = { ...silentLogger, error: (message: string) => void errors.push(message) };
  let waiting = false;
  const wait = (_milliseconds: number, signal: AbortSignal) =>
    new Promise<void>((_resolve, reject) => {
      waiting = true;
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  const webhooks = createWebhooks({ url, secret, logger, now: Date.now, wait });
  webhooks.send("checkout.session.completed", {});
  await expect.poll(() => received.length, patiently).toBe(1);
  await expect.poll(() => waiting, patiently).toBe(true);
  webhooks.close();
  await new Promise(setImmediate);
  expect([received.length, errors]).toEqual([1, []]);
});
