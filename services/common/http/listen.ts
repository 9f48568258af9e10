import type { RequestListener, Server } from "node:http";
import { createServer } from "node:http";
import type { Http2Server } from "node:http2";
import type { AddressInfo, Socket } from "node:net";

/**
 * A server that accepts connections. `close` finishes the requests that were accepted, and after `graceMs` (default
 * 10,000) cuts off those who are slower.
 */
export type Listening = { port: number; close(graceMs?: number): Promise<void> };

/** Listens with limits on how long a slow client may take. @param port 0 takes any free one. */
export async function listen(handler: RequestListener, host: string, port: number): Promise<Listening> {
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 65_000, maxHeaderSize: 16 * 1024 },
    handler,
  );
  const unused = unusedConnections(server);
  await started(server, host, port);
  return { port: portOf(server), close: (graceMs = 10_000) => closed(server, unused, graceMs) };
}

/** Resolves when the server listens; rejects with what keeps it from it. */
export function started(server: Server | Http2Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

/** The port that a listening server has. */
export function portOf(server: Server | Http2Server): number {
  return (server.address() as AddressInfo).port;
}

/** Connections without a request so far, as browsers open them in advance: Node takes them for busy ones. */
function unusedConnections(server: Server): ReadonlySet<Socket> {
  const unused = new Set<Socket>();
  server.on("connection", (socket) => {
    unused.add(socket);
    socket.once("close", () => unused.delete(socket));
  });
  server.on("request", ({ socket }) => unused.delete(socket));
  return unused;
}

function closed(server: Server, unused: ReadonlySet<Socket>, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    // What is idle only after its last answer would else stay for its keep-alive time, and keep the service from ending.
    const sweeping = setInterval(() => server.closeIdleConnections(), 50);
    const late = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearInterval(sweeping);
      clearTimeout(late);
      resolve();
    });
    for (const socket of unused) socket.destroy();
  });
}
