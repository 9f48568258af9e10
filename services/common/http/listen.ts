import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { Http2Server } from "node:http2";
import type { AddressInfo, Socket } from "node:net";

/**
 * A server that accepts connections. `close` finishes the requests that were accepted, and after `graceMs` (default
 * 10,000) cuts off those who are slower.
 */
export type Listening = { port: number; close(graceMs?: number): Promise<void> };

/** What a listener bears of slow, huge or numerous clients; times in milliseconds. */
export const limits = {
  /** From the connection, or the answer before, until the last header is there. */
  headersTimeout: 10_000,
  /** Until the whole request is there. */
  requestTimeout: 30_000,
  /** How long a connection may wait for its next request: longer than the proxies before us wait. */
  keepAliveTimeout: 65_000,
  /** How often the three are looked at. */
  connectionsCheckingInterval: 1_000,
  /** Request line and headers together, in bytes. */
  maxHeaderSize: 16 * 1024,
  maxHeaders: 100,
  /** More are closed as they come: each holds a socket and some memory, and proxies before us need far fewer. */
  maxConnections: 10_000,
};

/**
 * Listens with limits on what a client may take. @param port 0 takes any free one. @param own limits other than
 * {@link limits}.
 */
export async function listen(
  handler: RequestListener,
  host: string,
  port: number,
  own: Partial<typeof limits> = {},
): Promise<Listening> {
  const { maxHeaders, maxConnections, ...options } = { ...limits, ...own };
  const server = createServer(options, handler);
  server.maxHeadersCount = maxHeaders;
  server.maxConnections = maxConnections;
  server.on("request", endTalkers);
  const unused = unusedConnections(server);
  makeRoom(server, unused, maxConnections);
  await startServer(server, host, port);
  return { port: portOf(server), close: (graceMs = 10_000) => closeServer(server, unused, graceMs) };
}

/** Node reads on when a request was answered before it was whole. With nobody to hear it, that soon ends. */
function endTalkers(request: IncomingMessage, response: ServerResponse): void {
  response.once("finish", () => {
    if (request.complete) return;
    const { socket } = request;
    setTimeout(() => request.complete || socket?.destroy(), 1_000).unref();
  });
}

/**
 * Resolves when the server listens; rejects with what keeps it from it. "::" is every address of either family, and of
 * IPv4 alone where the machine knows no other.
 */
export function startServer(server: Server | Http2Server, host: string, port: number): Promise<void> {
  // Node falls back by itself where no host is named.
  const where = host === "::" ? { port } : { port, host };
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(where, () => {
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

/** With no more than this share of all connections left, those on which nothing is under way are closed. */
const spare = 0.1;
/** How often at most, in milliseconds: all connections are looked through. */
const roomMs = 100;

/** Who keeps thousands of connections and asks for nothing keeps nobody else out. */
function makeRoom(server: Server, unused: ReadonlySet<Socket>, most: number): void {
  let open = 0;
  let madeAt = Number.NEGATIVE_INFINITY;
  server.on("connection", (socket) => {
    open++;
    socket.once("close", () => open--);
    if (open <= most - Math.floor(most * spare) || performance.now() - madeAt < roomMs) return;
    madeAt = performance.now();
    server.closeIdleConnections();
    // The oldest first; this one, and who came with it, may be about to ask.
    for (const one of [...unused].slice(0, Math.floor(unused.size / 2))) one.destroy();
  });
}

function closeServer(server: Server, unused: ReadonlySet<Socket>, graceMs: number): Promise<void> {
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
