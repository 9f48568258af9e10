import {
  constants,
  createServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from "node:http2";
import { callerAddress } from "./callerAddress.ts";
import { type Listening, portOf, startServer } from "./listen.ts";
import { patienceWith } from "./patience.ts";

type Handler = (request: Http2ServerRequest, response: Http2ServerResponse) => void;

/** Whether it is known who calls; what others ask, such as whether we serve, is answered and counts as wasted. */
type IsKnown = (headers: Http2ServerRequest["headers"]) => boolean;

/** What the plain gRPC port bears of slow or numerous clients; times in milliseconds. */
const grpcLimits = {
  /** From a call's beginning until its end. */
  callMs: 30_000,
  /** How long a connection may be silent. */
  silenceMs: 65_000,
  maxConnections: 1_000,
  /** Calls at once on one connection. */
  maxConcurrentStreams: 100,
  maxHeaders: 100,
  /** All headers of a call together, in bytes. */
  maxHeaderListSize: 16 * 1024,
  /** Of one connection, in MB. */
  maxSessionMemory: 4,
  /** Calls of an address that were reset, refused for want of a token, or nobody's: so many at once, and a second. */
  wasted: { burst: 100, perSecond: 10 },
};

/** gRPC's status of a call that is refused before anything was done for it. */
const unauthenticated = "16";

/**
 * Listens for HTTP/2 without TLS (h2c), as gRPC clients speak it, with limits on what a client may take. Whoever wastes
 * calls loses the connection, and their address gets no other for a while.
 */
export async function listenGrpc(
  handler: Handler,
  host: string,
  port: number,
  { isKnown = () => true, ...own }: Partial<typeof grpcLimits> & { isKnown?: IsKnown } = {},
): Promise<Listening> {
  const limits = { ...grpcLimits, ...own };
  const { maxConcurrentStreams, maxHeaderListSize, maxSessionMemory, wasted } = limits;
  const server = createServer(
    {
      maxHeaderListPairs: limits.maxHeaders,
      maxSessionMemory,
      maxSessionInvalidFrames: 100,
      // Node's own limit ends a connection before we hear of the resets that came together.
      streamResetBurst: wasted.burst,
      streamResetRate: Math.ceil(wasted.perSecond),
      settings: { maxConcurrentStreams, maxHeaderListSize },
    },
    handler,
  );
  const patience = patienceWith(wasted);
  server.on("connection", (socket) => {
    if (patience.isOver(callerAddress({ ip: socket.remoteAddress }))) socket.destroy();
  });
  server.maxConnections = limits.maxConnections;
  // Node destroys the sessions that time out.
  server.setTimeout(limits.silenceMs);
  server.on("request", ({ stream, socket, headers }: Http2ServerRequest) => {
    const { session } = stream;
    const caller = callerAddress({ ip: socket.remoteAddress });
    const late = setTimeout(() => stream.close(constants.NGHTTP2_CANCEL), limits.callMs);
    stream.once("close", () => {
      clearTimeout(late);
      const isWasted =
        !isKnown(headers) ||
        stream.rstCode !== constants.NGHTTP2_NO_ERROR ||
        stream.sentHeaders?.["grpc-status"] === unauthenticated;
      if (isWasted && !patience.spend(caller)) session?.destroy(undefined, constants.NGHTTP2_ENHANCE_YOUR_CALM);
    });
  });
  const sessions = new Set<ServerHttp2Session>();
  server.on("session", (session) => {
    sessions.add(session);
    session.once("close", () => sessions.delete(session));
  });
  await startServer(server, host, port);
  return {
    port: portOf(server),
    close: (graceMs = 10_000) =>
      new Promise((resolve) => {
        const late = setTimeout(() => sessions.forEach((session) => void session.destroy()), graceMs);
        server.close(() => {
          clearTimeout(late);
          resolve();
        });
        // Each says that it takes no new calls, and closes when those under way are through.
        for (const session of sessions) session.close();
      }),
  };
}
