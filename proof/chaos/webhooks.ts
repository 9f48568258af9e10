import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/**
 * How webhooks arrive: as they are sent; each five times at once; late and so out of order; or with their answer
 * lost, so that the sender sends them again.
 */
export type Weather = "fair" | "five at once" | "late" | "answer lost";

/** Stands before the webhook's address and plays the network on the way there. */
export type Webhooks = { readonly url: string; weather: Weather; end(): void };

/** Longer than the sender waits for an answer, for some. */
const latestMs = 12_000;

/** @param targets where webhooks go, in turn. */
export async function webhooksTo(targets: readonly string[]): Promise<Webhooks> {
  let turn = 0;
  const forward = async (headers: IncomingHttpHeaders, body: Buffer): Promise<number> => {
    turn += 1;
    const target = targets[turn % targets.length] ?? "";
    try {
      const response = await fetch(target, {
        method: "POST",
        headers: {
          "content-type": String(headers["content-type"]),
          "stripe-signature": String(headers["stripe-signature"]),
        },
        body,
        signal: AbortSignal.timeout(10_000),
      });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return 502;
    }
  };

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const send = () => forward(request.headers, Buffer.concat(chunks));
    const { weather } = webhooks;
    if (weather === "late") await delay(Math.random() * latestMs);
    const answers = await Promise.all(Array.from({ length: weather === "five at once" ? 5 : 1 }, send));
    if (weather === "answer lost") return void request.socket.destroy();
    response.writeHead(Math.max(...answers)).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const webhooks: Webhooks = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    weather: "fair",
    end() {
      server.close();
      server.closeAllConnections();
    },
  };
  return webhooks;
}
