import { createServer } from "node:http";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { portOf, startServer } from "#common/http/listen";
import { silentLogger } from "#common/logging";
import { orderHttp } from "../testing/http.ts";
import { guestSessions, oidcSessions } from "./sessions.ts";

const issuer = "https://login.example";
const audience = "gorder";
const secret = "session-secret-0123456789-0123456789";

/** An identity provider with one key, and sessions that trust it. */
async function provider() {
  const { publicKey, privateKey } = await generateKeyPair("RS256");
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: "1", alg: "RS256", use: "sig" }] };
  const server = createServer((_request, response) => {
    response.setHeader("content-type", "application/json").end(JSON.stringify(keys));
  });
  await startServer(server, "127.0.0.1", 0);
  onTestFinished(() => void server.close());
  const jwksUrl = `http://127.0.0.1:${portOf(server)}/keys`;
  const token = (
    change: { issuer?: string; audience?: string; expires?: string; from?: string; key?: typeof privateKey } = {},
  ) => {
    const jwt = new SignJWT().setProtectedHeader({ alg: "RS256", kid: "1" }).setSubject("ann@example");
    jwt.setIssuer(change.issuer ?? issuer).setAudience(change.audience ?? audience);
    if (change.from) jwt.setNotBefore(change.from);
    return jwt.setExpirationTime(change.expires ?? "1h").sign(change.key ?? privateKey);
  };
  return { sessions: oidcSessions({ jwksUrl, issuer, audience }, silentLogger), token, keys };
}

test("a customer is who the provider's token says", async () => {
  const { sessions, token } = await provider();
  expect(await sessions.verify(await token())).toMatchObject({ customerId: "ann@example" });
});

test("tokens of another provider, for another audience, expired, or signed by another key prove nothing", async () => {
  const { sessions, token } = await provider();
  const stranger = (await generateKeyPair("RS256")).privateKey;
  for (const change of [
    { issuer: "https://evil.example" },
    { audience: "other" },
    { expires: "-1s" },
    { key: stranger },
  ]) {
    expect(await sessions.verify(await token(change))).toBeUndefined();
  }
});

test("a token of a provider whose clock is somewhat ahead is good, one of tomorrow is not", async () => {
  const { sessions, token } = await provider();
  expect(await sessions.verify(await token({ from: "30s" }))).toMatchObject({ customerId: "ann@example" });
  expect(await sessions.verify(await token({ from: "10m" }))).toBeUndefined();
});

test("the provider's public key is no shared secret", async () => {
  const { sessions, keys } = await provider();
  const known = new TextEncoder().encode(JSON.stringify(keys.keys[0]));
  const jwt = new SignJWT().setProtectedHeader({ alg: "HS256", kid: "1" }).setSubject("ann@example");
  const forged = await jwt.setIssuer(issuer).setAudience(audience).setExpirationTime("1h").sign(known);
  expect(await sessions.verify(forged)).toBeUndefined();
});

test("with a provider the service orders for its customers and gives out no sessions of its own", async () => {
  const { sessions, token } = await provider();
  const { call } = await orderHttp({ sessions });
  expect((await call("POST", "/api/session")).status).toBe(404);
  const path = `/api/customers/${encodeURIComponent("ann@example")}/orders`;
  const json = { items: [{ productId: "tea", quantity: 1 }] };
  const created = await call("POST", path, { token: await token(), json, headers: { "idempotency-key": "k" } });
  expect([created.status, created.body.customerId]).toEqual([201, "ann@example"]);
  expect(created.headers.get("location")).toBe(`${path}/${created.body.id}`);
});

test("a token that was good is good until it expires, and no longer", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  const sessions = guestSessions([secret]);
  const session = await sessions.issue?.("ann");
  if (!session) throw new Error("guests get sessions");
  expect(await sessions.verify(session.token)).toMatchObject({ customerId: "ann" });
  vi.setSystemTime(session.expiresAt.getTime() - 1_000);
  expect(await sessions.verify(session.token)).toMatchObject({ customerId: "ann" });
  vi.setSystemTime(session.expiresAt.getTime() + 1_000);
  expect(await sessions.verify(session.token)).toBeUndefined();
});

test("a token is checked once, one that was issued here never, and one that was pushed out once more", async () => {
  const checks = vi.spyOn(crypto.subtle, "verify");
  onTestFinished(() => checks.mockRestore());
  const [here, elsewhere] = [guestSessions([secret]), guestSessions([secret], 2)];
  const tokens = await Promise.all(["ann", "bob", "cy"].map(async (name) => (await here.issue?.(name))?.token ?? ""));
  const checksOf = async (sessions: typeof here, ...which: number[]) => {
    checks.mockClear();
    const names = [];
    for (const index of which) names.push((await sessions.verify(tokens[index] ?? ""))?.customerId);
    expect(names).toEqual(which.map((index) => ["ann", "bob", "cy"][index]));
    return checks.mock.calls.length;
  };
  expect(await checksOf(here, 0, 1, 2)).toBe(0);
  expect(await checksOf(elsewhere, 0, 0, 1, 0)).toBe(2);
  expect(await checksOf(elsewhere, 2, 0)).toBe(1);
  expect(await checksOf(elsewhere, 1)).toBe(1);
});

describe("while a secret replaces another", () => {
  const next = "another-secret-9876543210-9876543210";
  const tokenFrom = async (sessions: ReturnType<typeof guestSessions>) => (await sessions.issue?.("ann"))?.token ?? "";

  test("guests with tokens of either are who they were, and new tokens are of the first", async () => {
    const [before, during, after] = [guestSessions([secret]), guestSessions([next, secret]), guestSessions([next])];
    expect(await during.verify(await tokenFrom(before))).toMatchObject({ customerId: "ann" });
    expect(await after.verify(await tokenFrom(during))).toMatchObject({ customerId: "ann" });
    expect(await before.verify(await tokenFrom(during))).toBeUndefined();
  });

  test("a third is believed by nobody", async () => {
    const stranger = guestSessions(["a-third-secret-0000000000-0000000000"]);
    expect(await guestSessions([next, secret]).verify(await tokenFrom(stranger))).toBeUndefined();
  });
});
