import { expect, test } from "vitest";
import type { Identity } from "./identity.ts";
import { goOn, startSession } from "./session.ts";

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
