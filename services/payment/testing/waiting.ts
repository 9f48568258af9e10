import { type Listening, listen } from "#common/http/listen";
import { silentLogger } from "#common/logging";
import { serviceApp } from "#common/service";
import type { Payment } from "../domain/payment.ts";
import { clientOf } from "./client.ts";
import { orderCreated, signature } from "./events.ts";
import { payment } from "./fakes.ts";

const listening: Listening[] = [];

/** Ends what {@link waiting} has started. */
export async function stopListening(): Promise<void> {
  for (const { close } of listening.splice(0)) await close();
}

/** Payment on fakes behind real HTTP, with one order that waits for its payment. */
export async function waiting(options: Parameters<typeof payment>[0] & { deliver?: boolean } = {}) {
  const parts = payment(options);
  const outside = { logger: silentLogger, appToken: "0123456789abcdef" };
  const listener = await listen(serviceApp(parts.service, outside), "127.0.0.1", 0);
  const { port } = listener;
  listening.push(listener);
  const deliver = () => parts.service.subscriptions?.[0]?.handle(orderCreated());
  if (options.deliver ?? true) await deliver();
  const send = (body: string, signed: string | undefined = signature(body)) =>
    fetch(`http://127.0.0.1:${port}/api/stripe/webhook`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(signed && { "stripe-signature": signed }) },
      body,
    });
  const stored = async () => (await parts.state.get<Payment>("payment-order-1"))?.value;
  return { ...parts, client: clientOf(parts.service), deliver, send, stored };
}
