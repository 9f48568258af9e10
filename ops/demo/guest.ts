import { randomUUID } from "node:crypto";
import { z } from "zod";

const order = z.object({
  id: z.string(),
  status: z.string(),
  total: z.object({ amount: z.number() }),
  paymentLink: z.string().optional(),
  cancelReason: z.string().optional(),
  items: z.array(z.object({ name: z.string(), quantity: z.number() })),
  history: z.array(z.object({ status: z.string(), at: z.string(), by: z.string() })),
});

/** An order as the API shows it to its guest. */
export type GuestOrder = z.infer<typeof order>;

/** An answer, whatever its status; `body` is empty when it is no JSON. */
export type Answer = { readonly status: number; readonly text: string; readonly body: Record<string, unknown> };

/** What is ordered. */
export type Item = { readonly productId: string; readonly quantity: number };

/** How a request differs from the usual one: its headers, and what it says as JSON. */
type Request = { readonly headers?: Readonly<Record<string, string>>; readonly json?: object };

/** How long an answer may take, in milliseconds. */
const patienceMs = 30_000;

const session = z.object({ customerId: z.string(), token: z.string() });
const menu = z.object({ products: z.array(z.object({ id: z.string(), name: z.string(), available: z.number() })) });

/** A customer who uses the public API as any script would. */
export class Guest {
  readonly customerId: string;
  readonly token: string;
  /** Where the guest's orders are. */
  readonly path: string;
  readonly #url: string;

  private constructor(url: string, { customerId, token }: z.infer<typeof session>) {
    this.#url = url;
    this.customerId = customerId;
    this.token = token;
    this.path = `/api/customers/${customerId}/orders`;
  }

  /** A new guest at the Gorder of this address. */
  static async arrive(url: string): Promise<Guest> {
    return new Guest(url, session.parse(demandDone(await send(`${url}/api/session`, { method: "POST" }))));
  }

  /** What is on the menu, and how much of it is left. */
  async menu(): Promise<z.infer<typeof menu>["products"]> {
    return menu.parse(demandDone(await send(`${this.#url}/api/products`))).products;
  }

  /** Asks for something at the guest's orders. @param tail what comes after {@link path}. */
  ask(method: string, tail = "", { headers = {}, json }: Request = {}): Promise<Answer> {
    const body = json && { body: JSON.stringify(json) };
    const type = json && { "content-type": "application/json" };
    const all = { authorization: `Bearer ${this.token}`, ...type, ...headers };
    return send(`${this.#url}${this.path}${tail}`, { method, headers: all, ...body });
  }

  /** Tries to order these. @param key the idempotency key. */
  tryOrder(items: readonly Item[], key: string = randomUUID(), headers = {}): Promise<Answer> {
    return this.ask("POST", "", { headers: { "idempotency-key": key, ...headers }, json: { items } });
  }

  /** Orders the first so many products that are left, one of each. @throws with the answer, unless it was taken. */
  async order(kinds: number, headers = {}): Promise<GuestOrder> {
    const items = (await this.menu()).filter(({ available }) => available > 0).slice(0, kinds);
    if (items.length === 0) throw new Error("Everything is sold out");
    const wanted = items.map(({ id: productId }) => ({ productId, quantity: 1 }));
    return order.parse(demandDone(await this.tryOrder(wanted, randomUUID(), headers)));
  }

  /** The order as it is now. */
  async look(orderId: string): Promise<GuestOrder> {
    return order.parse(demandDone(await this.ask("GET", `/${orderId}`)));
  }

  /** Pays on the stand-in's page, as its Pay button does; Stripe's own page cannot be paid by a script. */
  async pay(paymentLink: string): Promise<void> {
    if (!(await tryToPay(paymentLink))) throw new Error(`Nothing could be paid at ${paymentLink}`);
  }
}

/** Presses Pay on the stand-in's page. @returns whether money was taken. */
export async function tryToPay(paymentLink: string): Promise<boolean> {
  const form = new URLSearchParams({ action: "pay" });
  return (await send(paymentLink, { method: "POST", body: form, redirect: "manual" })).status === 303;
}

async function send(url: string, init: RequestInit = {}): Promise<Answer & { readonly url: string }> {
  const response = await fetch(url, { signal: AbortSignal.timeout(patienceMs), ...init });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json");
  const body = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
  return { url, status: response.status, text, body };
}

function demandDone({ url = "", status, text, body }: Answer & { url?: string }): Record<string, unknown> {
  if (status >= 200 && status < 300) return body;
  throw new Error(`${url} answered ${status}: ${text}`);
}
