// Loaded into every service before its own code (node --import): writes a line for each message that it sends or gets.
import { subscribe } from "node:diagnostics_channel";
import { appendFileSync } from "node:fs";
import http2 from "node:http2";
import { syncBuiltinESMExports } from "node:module";

const file = `${process.env.CALLS_FOLDER}/${process.pid}`;

/** @param whom the port that is called, or "own" for what listens here, with what only a sidecar shows. */
function tell(direction, whom, what) {
  appendFileSync(file, `${direction} ${whom} ${what}\n`);
}

const isFromSidecar = (headers) => (headers["dapr-api-token"] ? "sidecar" : "other");
const portOf = (host) => String(host).split(":").at(-1);

subscribe("http.server.request.start", ({ request }) => {
  tell("in", isFromSidecar(request.headers), `${request.method} ${request.url}`);
});
subscribe("http.client.request.start", ({ request }) => {
  tell("out", portOf(request.getHeader("host")), `${request.method} ${request.path}`);
});
subscribe("undici:request:create", ({ request }) => {
  tell("out", portOf(request.origin), `${request.method} ${request.path}`);
});

const { connect, createServer } = http2;
http2.connect = (authority, ...rest) => {
  const session = connect(authority, ...rest);
  const { request } = session;
  session.request = (headers, ...more) => {
    tell("out", new URL(authority).port, `POST ${headers[":path"]}`);
    return request.call(session, headers, ...more);
  };
  return session;
};
http2.createServer = (...words) => {
  const server = createServer(...words);
  server.on("stream", (_stream, headers) => tell("in", isFromSidecar(headers), `POST ${headers[":path"]}`));
  return server;
};
syncBuiltinESMExports();
