import Stripe from "stripe";
import { listen } from "#common/http/listen";
import { webhookSecret } from "./testing.ts";

/** A receiver of webhook messages that takes them all, and what it was told: the type, the object's id and its status. */
export async function receiver() {
  const events: Stripe.Event[] = [];
  const { port, close } = await listen(
    async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const signature = String(request.headers["stripe-signature"]);
      events.push(Stripe.webhooks.constructEvent(Buffer.concat(chunks), signature, webhookSecret, 1e9));
      response.end();
    },
    "127.0.0.1",
    0,
  );
  const told = () => events.map(({ type, data }) => `${type} ${(data.object as { status?: string }).status}`).sort();
  return { url: () => `http://127.0.0.1:${port}`, events, told, close };
}
