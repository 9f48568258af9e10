import { parametersOf } from "#common/addressParameters";

/** What the client of the broker reads of an address; it leaves out what else stands there without a word. */
const heeded = ["heartbeat", "channelMax", "frameMax", "maxFrameSize", "locale"];

/**
 * The broker that an amqp:// or amqps:// address names, fit for logs.
 * @throws Error that names a parameter that is not heeded, such as the "cacertfile" and "verify" of other clients.
 */
export function brokerOf(url: string): string {
  const parsed = new URL(url);
  parametersOf(parsed, (name) => heeded.find((one) => one === name));
  return `RabbitMQ at ${parsed.host}`;
}
