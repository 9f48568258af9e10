import { createServer, type Server } from "node:http";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { expect, onTestFinished, test, vi } from "vitest";
import { portOf, startServer } from "#common/http/listen";
import { keptLogs } from "#common/testing/logs";
import { orderHttp } from "../testing/http.ts";
import { oidcSessions } from "./sessions.ts";

const [issuer, audience] = ["https://login.example", "gorder"];
const minute = 60_000;

/** An identity provider that can go away, and sessions that trust it. */
async function provider() {
  const keyPairs = [await generateKeyPair("RS256"), await generateKeyPair("RS256")];
  const publish = async (...kids: number[]) => {
    const jwks = kids.map(async (kid) => ({
      ...(await exportJWK(keyPairs[kid]?.publicKey as CryptoKeyLike)),
      kid: `${kid}`,
      alg: "RS256",
    }));
    published = { keys: await Promise.all(jwks) };
  };
  let published: object = {};
  let asked = 0;
  let answer: "keys" | "500" | "nothing" | "garbage" = "keys";
  const server = createServer((_request, response) => {
    asked++;
    if (answer === "nothing") return;
    if (answer === "500") return void response.writeHead(500).end();
    response.end(answer === "garbage" ? "<html>" : JSON.stringify(published));
  });
  await startServer(server, "127.0.0.1", 0);
  onTestFinished(() => closed(server));
  await publish(0);
  const logger = keptLogs();
  const jwksUrl = `http://127.0.0.1:${portOf(server)}/keys`;
  const sessions = oidcSessions({ jwksUrl, issuer, audience }, logger);
  let tokens = 0;
  /** A new token each time: one that was checked before is not checked again. */
  const token = (kid = 0) => {
    const jwt = new SignJWT({ jti: `${++tokens}` }).setProtectedHeader({ alg: "RS256", kid: `${kid}` });
    jwt.setSubject("ann").setIssuer(issuer).setAudience(audience).setExpirationTime("3d");
    return jwt.sign(keyPairs[kid]?.privateKey as CryptoKeyLike);
  };
  const verify = async (kid?: number) => sessions.verify(await token(kid));
  return {
    sessions,
    verify,
    token,
    publish,
    logger,
    asked: () => asked,
    is(how: typeof answer) {
      answer = how;
    },
  };
}

type CryptoKeyLike = Awaited<ReturnType<typeof generateKeyPair>>["publicKey"];

function closed(server: Server) {
  server.closeAllConnections();
  server.close();
}

/** Passes time on both clocks: the one that is set by hand at times, and the one that nobody sets. */
function atTime() {
  vi.useFakeTimers({ toFake: ["Date"] });
  let passed = 0;
  const steady = performance.now.bind(performance);
  const now = vi.spyOn(performance, "now").mockImplementation(() => steady() + passed);
  onTestFinished(() => {
    vi.useRealTimers();
    now.mockRestore();
  });
  return (ms: number) => {
    passed += ms;
    vi.setSystemTime(Date.now() + ms);
  };
}

const ann = { customerId: "ann" };
const unavailable = { name: "AppError", kind: "unavailable" };

test.each(["500", "garbage", "nothing"] as const)(
  "when a provider's keys were never there (%s) nobody is told to sign in again: it is unavailable, and logged once",
  async (how) => {
    const { is, verify, logger } = await provider();
    is(how);
    for (let times = 0; times < 2; times++) await expect(verify()).rejects.toMatchObject(unavailable);
    expect(logger.lines.filter(({ level }) => level === "warn")).toHaveLength(1);
    is("keys");
    expect(await verify()).toMatchObject(ann);
  },
);

test.each(["500", "garbage"] as const)(
  "keys that were good stay good while the provider is away (%s), for a day",
  async (how) => {
    const pass = atTime();
    const { is, verify, asked, logger } = await provider();
    expect(await verify()).toMatchObject(ann);
    is(how);
    pass(11 * minute);
    expect(await verify()).toMatchObject(ann);
    await vi.waitFor(() => expect(asked()).toBe(2));
    pass(23 * 60 * minute);
    expect(await verify()).toMatchObject(ann);
    await vi.waitFor(() => expect(logger.lines.some(({ level }) => level === "warn")).toBe(true), 5_000);
    pass(60 * minute);
    await expect(verify()).rejects.toMatchObject(unavailable);
  },
);

test("a key that nobody knows yet is asked for; while that cannot be done its tokens are neither good nor bad", async () => {
  const pass = atTime();
  const { is, verify, publish } = await provider();
  expect(await verify()).toMatchObject(ann);
  pass(minute);
  is("500");
  await expect(verify(1)).rejects.toMatchObject(unavailable);
  is("keys");
  expect(await verify(1)).toBeUndefined();
  await publish(0, 1);
  pass(minute);
  expect(await verify(1)).toMatchObject(ann);
});

test("a key that the provider withdrew is trusted for ten minutes and no longer than the next answer", async () => {
  const pass = atTime();
  const { verify, publish, asked } = await provider();
  expect(await verify()).toMatchObject(ann);
  await publish(1);
  pass(11 * minute);
  await verify();
  await vi.waitFor(() => expect(asked()).toBe(2));
  await vi.waitFor(async () => expect(await verify()).toBeUndefined());
});

test("keys are renewed in time by a service whose clock was set back", async () => {
  const pass = atTime();
  const { verify, asked } = await provider();
  expect(await verify()).toMatchObject(ann);
  vi.setSystemTime(Date.now() - 60 * minute);
  pass(11 * minute);
  await verify();
  await vi.waitFor(() => expect(asked()).toBe(2));
});

test("a customer hears 503 with a time to come back, not 401, while the keys are out of reach", async () => {
  const { is, sessions, token } = await provider();
  const { call } = await orderHttp({ sessions });
  is("500");
  const answer = await call("GET", "/api/customers/ann/orders", { token: await token() });
  expect(answer.body).toMatchObject({ type: "/problems/unavailable", status: 503 });
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(1);
});
