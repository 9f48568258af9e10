import { randomUUID } from "node:crypto";
import { z } from "zod";

const order = z.object({
  id: z.string(),
  status: z.string(),
  paymentLink: z.string().optional(),
  items: z.array(z.object({ name: z.string(), quantity: z.number() })),
  history: z.array(z.object({ status: z.string(), at: z.string(), by: z.string() })),
});

/** An order as the API shows it. */
export type DemoOrder = z.infer<typeof order>;

const session = z.object({ customerId: z.string(), token: z.string() });
const menu = z.object({ products: z.array(z.object({ id: z.string(), available: z.number() })) });

/** A customer who uses the public API as any script would. */
export class Guest {
  readonly #url: string;
  readonly #session: z.infer<typeof session>;

  private constructor(url: string, guest: z.infer<typeof session>) {
    this.#url = url;
    this.#session = guest;
  }

  /** A new guest at the Gorder of this address. */
  static async arrive(url: string): Promise<Guest> {
    return new Guest(url, session.parse(await json(fetch(`${url}/api/session`, { method: "POST" }))));
  }

  /** Orders the first so many products that are left, one of each. */
  async order(kinds: number): Promise<DemoOrder> {
    const { products } = menu.parse(await json(fetch(`${this.#url}/api/products`)));
    const items = products.filter(({ available }) => available > 0).slice(0, kinds);
    if (items.length === 0) throw new Error("Everything is sold out");
    const body = JSON.stringify({ items: items.map(({ id }) => ({ productId: id, quantity: 1 })) });
    const headers = { "Content-Type": "application/json", "Idempotency-Key": randomUUID() };
    return order.parse(await this.#ask("", { method: "POST", headers, body }));
  }

  /** The order as it is now. */
  async look(orderId: string): Promise<DemoOrder> {
    return order.parse(await this.#ask(`/${orderId}`));
  }

  /** Pays on the stand-in's page, as its Pay button does; Stripe's own page cannot be paid by a script. */
  async pay(paymentLink: string): Promise<void> {
    const form = new URLSearchParams({ action: "pay" });
    const answer = await fetch(paymentLink, { method: "POST", body: form, redirect: "manual" });
    if (answer.status !== 303) throw new Error(`Paying at ${paymentLink} answered ${answer.status}`);
  }

  #ask(path: string, init: RequestInit = {}): Promise<unknown> {
    const { customerId, token } = this.#session;
    const headers = { ...init.headers, Authorization: `Bearer ${token}` };
    return json(fetch(`${this.#url}/api/customers/${customerId}/orders${path}`, { ...init, headers }));
  }
}

async function json(asked: Promise<Response>): Promise<unknown> {
  const answer = await asked;
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}
