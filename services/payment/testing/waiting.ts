import { type Listening, listen } from "#common/http/listen";
import { publicApp } from "#common/service";
import type { Payment } from "../domain/payment.ts";
import { clientOf, staffOf } from "./client.ts";
import { orderCreated, sessionPaid, signature } from "./events.ts";
import { payment } from "./fakes.ts";

const started: Pick<Listening, "close">[] = [];

/** Ends what {@link waiting} has started. */
export async function stopListening(): Promise<void> {
  for (const { close } of started.splice(0)) await close();
}

/** Payment on fakes behind real HTTP, with one order that waits for its payment. */
export async function waiting(options: Parameters<typeof payment>[0] & { deliver?: boolean } = {}) {
  const parts = payment(options);
  const listener = await listen(publicApp(parts.service, parts.logger), "127.0.0.1", 0);
  const { port } = listener;
  started.push(listener, parts.service);
  const deliver = () => parts.service.subscriptions?.[0]?.handle(orderCreated());
  if (options.deliver ?? true) await deliver();
  const send = (body: string, signed: string | undefined = signature(body)) =>
    fetch(`http://127.0.0.1:${port}/api/stripe/webhook`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(signed && { "stripe-signature": signed }) },
      body,
    });
  const stored = async () => (await parts.state.get<Payment>("payment-order-1"))?.value;
  return { ...parts, client: clientOf(parts.service), staff: staffOf(parts.service), deliver, send, stored };
}

/** As {@link waiting}, with a provider that tells of what goes back. */
export async function unheardOrder(options: Parameters<typeof waiting>[0] = {}) {
  const parts = await waiting(options);
  /** The provider tells of something that goes back of the payment; what, it is asked. */
  const tell = (type: string, object: object = {}) => {
    const event = { id: `evt_${type}`, object: "event", type, created: 1_700_000_000 };
    return parts.send(JSON.stringify({ ...event, data: { object: { id: "x", payment_intent: "pi_1", ...object } } }));
  };
  return { ...parts, tell };
}

/** As {@link unheardOrder}, and the order is paid with 12.00 eur, which payment has heard of. */
export async function paidOrder(options: Parameters<typeof waiting>[0] = {}) {
  const parts = await unheardOrder(options);
  parts.checkout.pay("order-1");
  await parts.send(sessionPaid());
  return parts;
}
