import type { Context } from "../../dev/stack/parts/context.ts";
import { local } from "../../dev/stack/parts/context.ts";
import { managementHeaders } from "../../dev/stack/parts/rabbitmq.ts";
import { shuffled } from "./shuffled.ts";

type Message = { exchange: string; payload: string; payload_encoding: string };

const topics = ["order.created", "order.paid"] as const;
const queue = "chaos";
/** The youngest are kept. */
const most = 200;

/** Overhears every event, so that it can be delivered again. */
export type Deliveries = {
  /** From now on events are kept. */
  listen(): Promise<void>;
  /** Publishes what was overheard twice more, in another order. @returns how many messages that were. */
  again(): Promise<number>;
};

/** Events as the broker of this stack has them, by way of its management API. */
export function deliveriesOf({ ports, secrets }: Context): Deliveries {
  const ask = async (method: string, path: string, body: object): Promise<unknown> => {
    const response = await fetch(`${local(ports["rabbitmq-management"])}/api/${path}`, {
      method,
      headers: { ...managementHeaders(secrets.rabbitmqPassword), "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`the broker answered ${response.status} to ${method} ${path}: ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  };
  return {
    async listen() {
      await ask("PUT", `queues/%2F/${queue}`, { durable: true, arguments: { "x-max-length": most } });
      for (const topic of topics) await ask("POST", `bindings/%2F/e/${topic}/q/${queue}`, { routing_key: "" });
    },
    async again() {
      const wish = { count: most, ackmode: "ack_requeue_false", encoding: "auto" };
      const heard = (await ask("POST", `queues/%2F/${queue}/get`, wish)) as Message[];
      const twice = shuffled([...heard, ...heard]);
      for (const { exchange, payload, payload_encoding } of twice) {
        const message = { properties: {}, routing_key: "", payload, payload_encoding };
        await ask("POST", `exchanges/%2F/${exchange}/publish`, message);
      }
      return twice.length;
    },
  };
}
