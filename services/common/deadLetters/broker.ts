import { type ChannelModel, type ConfirmChannel, connect } from "amqplib";
import { brokerOf } from "#common/deadLetters/brokerAddress";
import { at } from "#common/namedServer";

/** How long the broker may take to let us in, in milliseconds. */
const patienceMs = 5_000;

/** Works with the broker, and lets go of it. @throws when it does not let us in. */
export async function withBroker<T>(url: string, work: (broker: ChannelModel) => Promise<T>): Promise<T> {
  const options = { clientProperties: { connection_name: "gorder dlq" }, timeout: patienceMs };
  const broker = await at(brokerOf(url), () => connect(url, options));
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
