import { join } from "node:path";
import { type ChannelModel, type ConfirmChannel, connect } from "amqplib";
import { rabbitmqUrl } from "../stack/parts/rabbitmq.ts";
import { root } from "../stack/parts/services.ts";
import { loadSecrets } from "../stack/secrets.ts";
import { runningStack } from "../stack/state.ts";

/**
 * The broker that is meant: RABBITMQ_URL's, else that of the stack that runs on this checkout.
 * @throws when there is neither.
 */
export function brokerUrl(env: NodeJS.ProcessEnv): string {
  if (env.RABBITMQ_URL) return env.RABBITMQ_URL;
  const stack = runningStack(env.GORDER_DATA ?? join(root, ".data"));
  if (!stack) throw new Error("No stack runs here (npm run stack), and RABBITMQ_URL is not set");
  return rabbitmqUrl({ ports: { rabbitmq: stack.ports.rabbitmq ?? 5672 }, secrets: loadSecrets(stack.secretsFile) });
}

/** Works with the broker, and lets go of it. */
export async function withBroker<T>(url: string, work: (broker: ChannelModel) => Promise<T>): Promise<T> {
  const broker = await connect(url, { clientProperties: { connection_name: "gorder dlq" } });
  // What goes wrong with the connection fails the calls under way, which tell it.
  broker.on("error", () => {});
  try {
    return await work(broker);
  } finally {
    await broker.close().catch(() => {});
  }
}

/** A channel of its own: when it closes, the broker puts back in their places the messages that it held. */
export async function withChannel<T>(broker: ChannelModel, work: (channel: ConfirmChannel) => Promise<T>): Promise<T> {
  const channel = await broker.createConfirmChannel();
  channel.on("error", () => {});
  try {
    return await work(channel);
  } finally {
    await channel.close().catch(() => {});
  }
}
