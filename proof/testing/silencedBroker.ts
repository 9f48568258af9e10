import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { onTestFinished } from "vitest";

/** How a publish begins on the wire: AMQP's class 60 (basic), method 40. */
const publishMethod = Buffer.from([0, 60, 0, 40]);

/**
 * A way to the broker on which its answers stop after so many publishes: from then on it hears everything, and
 * publishers hear nothing more. @returns the broker's address by this way.
 */
export async function silencedBroker(url: string, afterPublishes: number): Promise<string> {
  const { hostname, port } = new URL(url);
  let publishes = 0;
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    client.on("data", (chunk) => {
      for (let at = chunk.indexOf(publishMethod); at >= 0; at = chunk.indexOf(publishMethod, at + 1)) publishes += 1;
      upstream.write(chunk);
    });
    upstream.on("data", (chunk) => {
      if (publishes <= afterPublishes) client.write(chunk);
    });
    client.on("close", () => upstream.destroy());
    upstream.on("close", () => client.destroy());
    for (const socket of [client, upstream]) socket.on("error", () => {});
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const silenced = new URL(url);
  silenced.port = String((server.address() as AddressInfo).port);
  return silenced.href;
}
