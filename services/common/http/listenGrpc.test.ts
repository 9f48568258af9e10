import { once } from "node:events";
import { type ClientHttp2Session, connect, constants, type OutgoingHttpHeaders } from "node:http2";
import { connect as connectTcp } from "node:net";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { listenGrpc } from "./listenGrpc.ts";

type Handler = Parameters<typeof listenGrpc>[0];

async function serving(own: Parameters<typeof listenGrpc>[3], handler: Handler = (_, response) => response.end("ok")) {
  const server = await listenGrpc(handler, "127.0.0.1", 0, own);
  onTestFinished(() => server.close(0));
  const session = () => {
    const client = connect(`http://127.0.0.1:${server.port}`);
    client.on("error", () => {});
    onTestFinished(() => client.destroy());
    return client;
  };
  return { server, session };
}

function call(session: ClientHttp2Session, headers: OutgoingHttpHeaders = {}) {
  const stream = session.request({ ":method": "POST", ":path": "/a.B/C", ...headers });
  stream.on("error", () => {});
  return stream;
}

/** Resolves when it is closed, with or without an error. */
function gone(one: { once(event: "close", then: () => void): unknown }): Promise<void> {
  return new Promise((resolve) => void one.once("close", resolve));
}

async function answered(session: ClientHttp2Session, headers?: OutgoingHttpHeaders): Promise<unknown> {
  const stream = call(session, headers);
  stream.end();
  const [answer] = await once(stream, "response");
  stream.resume();
  return answer[":status"];
}

test("a call that never ends is ended, and others on the same connection are served", async () => {
  const { session } = await serving({ callMs: 200 }, (request, response) => {
    request.resume().once("end", () => response.end("ok"));
  });
  const client = session();
  const slow = call(client);
  slow.write("half of a message");
  expect(await answered(client)).toBe(200);
  await gone(slow);
  expect(slow.rstCode).toBe(constants.NGHTTP2_CANCEL);
  expect(await answered(client)).toBe(200);
});

test("a connection that is silent is closed", async () => {
  const { session } = await serving({ silenceMs: 100 });
  const client = session();
  await once(client, "connect");
  await once(client, "close");
});

test("a connection that never says it speaks HTTP/2 is closed", async () => {
  const { server } = await serving({ silenceMs: 100 });
  const socket = connectTcp(server.port, "127.0.0.1");
  await gone(socket.resume());
});

test.each([
  ["more headers than are taken", Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`x${index}`, "1"]))],
  ["larger headers than are taken", { large: "x".repeat(20_000) }],
])("a call with %s is refused; the next one is served", async (_, headers) => {
  let calls = 0;
  const { session } = await serving({}, (_request, response) => {
    calls += 1;
    response.end("ok");
  });
  const client = session();
  await once(client, "remoteSettings");
  const refused = call(client, headers);
  refused.resume().end();
  await gone(refused);
  expect(calls).toBe(0);
  expect(await answered(session())).toBe(200);
});

test("beyond the most connections newcomers are turned away", async () => {
  const { session } = await serving({ maxConnections: 1 });
  const first = session();
  expect(await answered(first)).toBe(200);
  await gone(session());
  expect(await answered(first)).toBe(200);
});

test("a connection has so many calls at once and no more", async () => {
  const { session } = await serving({ maxConcurrentStreams: 7 });
  const client = session();
  await once(client, "remoteSettings");
  expect(client.remoteSettings.maxConcurrentStreams).toBe(7);
});

test("closing finishes the calls that were accepted and takes no new ones", async () => {
  const waiting: Parameters<Handler>[1][] = [];
  const { server, session } = await serving({}, (_, response) => void waiting.push(response));
  const client = session();
  const accepted = call(client);
  accepted.end();
  await expect.poll(() => waiting.length).toBe(1);
  const closed = server.close(60_000);
  await once(client, "goaway");
  waiting[0]?.end("whole");
  let text = "";
  for await (const chunk of accepted) text += chunk;
  expect(text).toBe("whole");
  await closed;
  await gone(session());
});

test("whoever never finishes a call does not hold up the end", async () => {
  const { server, session } = await serving({}, () => {});
  const client = session();
  const ended = gone(client);
  call(client).write("half");
  await once(client, "connect");
  await server.close(50);
  await ended;
});

describe("of calls that are opened only to be reset", () => {
  /** Opens and resets so many calls at once. */
  const waste = async (client: ClientHttp2Session, times: number) => {
    const closed = gone(client);
    for (let index = 0; index < times; index++) call(client).close(constants.NGHTTP2_CANCEL);
    await closed;
  };

  test("few reach the service; the connection is closed, and the address gets no other", async () => {
    let calls = 0;
    const { session } = await serving({ wasted: { burst: 20, perSecond: 0.001 } }, () => void calls++);
    for (let clients = 0; clients < 8; clients++) await waste(session(), 1_000);
    expect(calls).toBeLessThanOrEqual(100);
    await gone(session());
  });

  test("an address is heard again after a while", async () => {
    const { session } = await serving({ wasted: { burst: 20, perSecond: 100 } });
    await waste(session(), 1_000);
    await vi.waitFor(async () => {
      const client = session();
      const lost = gone(client).then(() => Promise.reject(new Error("refused")));
      expect(await Promise.race([answered(client), lost])).toBe(200);
      lost.catch(() => {});
    });
  });
});

/** Asks with a good token as often as it likes, then without one until that costs the connection: after five calls. */
async function spendBurst(client: ClientHttp2Session) {
  const closed = gone(client);
  for (let calls = 0; calls < 20; calls++) expect(await answered(client, { token: "good" })).toBe(200);
  for (let calls = 0; calls < 5; calls++) expect(await answered(client)).toBe(200);
  call(client).resume().end();
  await closed;
}

test("calls that are refused for want of a token count as wasted, others do not", async () => {
  const { session } = await serving({ wasted: { burst: 5, perSecond: 0.001 } }, ({ headers }, response) => {
    if (!headers.token) response.setHeader("grpc-status", "16");
    response.end("ok");
  });
  await spendBurst(session());
});

test("calls of nobody known are answered and count as wasted, as cheap as they look", async () => {
  const isKnown = ({ token }: OutgoingHttpHeaders) => token === "good";
  const { session } = await serving({ wasted: { burst: 5, perSecond: 0.001 }, isKnown });
  await spendBurst(session());
  await gone(session());
});
