import { expect, test } from "vitest";
import type { Identity } from "./identity.ts";
import { goOn, startSession, withoutToken } from "./session.ts";

const minute = 60_000;
const lifetimes = { idleMs: 120 * minute, maxMs: 720 * minute };
type Cook = Identity & { roles: readonly string[] };
const ada: Cook = { subject: "u1", name: "Ada", roles: ["cook"], refreshToken: "r1" };

test("a session ends when nobody used it for its idle time", () => {
  const session = startSession(ada, "s1", 0, lifetimes);
  expect(session).toMatchObject({ startedAt: 0, renewAt: 5 * minute, endsAt: 120 * minute });
  expect(goOn(session, undefined, 10 * minute, lifetimes)).toMatchObject({ startedAt: 0, endsAt: 130 * minute });
});

test("no use makes a session last longer than the most that it may", () => {
  const session = startSession(ada, "s1", 0, lifetimes);
  expect(goOn(session, undefined, 700 * minute, lifetimes).endsAt).toBe(720 * minute);
});

test("a short session is renewed halfway", () => {
  expect(startSession(ada, "s1", 0, { idleMs: 2 * minute, maxMs: 4 * minute }).renewAt).toBe(minute);
});

test("a renewed session has the roles and the token of now, and keeps the token when there is no other", () => {
  const session = startSession(ada, "s1", 0, lifetimes);
  const renewed = goOn(session, { subject: "u1", name: "Ada", roles: ["owner"], refreshToken: "r2" }, 1, lifetimes);
  expect(renewed).toMatchObject({ id: "s1", roles: ["owner"], refreshToken: "r2" });
  expect(goOn(renewed, { subject: "u1", name: "Ada", roles: [] }, 2, lifetimes).refreshToken).toBe("r2");
});

test("a session that the provider is not asked about again ends with its word, however it is used", () => {
  const eve = { ...ada, refreshToken: undefined, wordUntil: 60 * minute };
  const session = startSession(eve, "s1", 0, lifetimes);
  expect(session.endsAt).toBe(60 * minute);
  expect(goOn(session, undefined, 50 * minute, lifetimes).endsAt).toBe(60 * minute);
});

test("a token that there is no room for is no reason to believe the provider's word for longer", () => {
  const session = startSession({ ...ada, wordUntil: 60 * minute }, "s1", 0, lifetimes);
  expect(session.endsAt).toBe(120 * minute);
  const { refreshToken, endsAt } = withoutToken(session);
  expect([refreshToken, endsAt]).toEqual([undefined, 60 * minute]);
  expect(withoutToken(startSession(ada, "s1", 0, lifetimes)).endsAt).toBe(120 * minute);
});
