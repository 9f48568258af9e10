import { expect, test } from "vitest";
import { AppError } from "#common/errors";
import { silentLogger } from "#common/logging";
import { keepSessions } from "#common/signIn/sessions";
import { noRoleLeft } from "./build.ts";
import type { SignedIn } from "./domain/member.ts";

const minute = 60_000;
const ada = { subject: "u1", name: "Ada", roles: ["cook"], refreshToken: "r1" } as const;

/** Sessions of two hours at a provider that answers so; `wait` passes time. */
function given(answer: () => Promise<SignedIn>) {
  let time = 0;
  const asked: string[] = [];
  const provider = {
    renew: (_: string, token: string) => {
      asked.push(token);
      return answer();
    },
  };
  const lifetimes = { idleMs: 120 * minute, maxMs: 720 * minute };
  const sessions = keepSessions<SignedIn>({
    provider,
    refuses: noRoleLeft,
    lifetimes,
    newId: () => "s1",
    now: () => time,
    logger: silentLogger,
  });
  return { sessions, asked, wait: (ms: number) => (time += ms) };
}

test("a session is as it is until it is to be renewed", async () => {
  const { sessions, asked, wait } = given(async () => ada);
  const session = sessions.begin(ada);
  wait(4 * minute);
  expect(await sessions.renewed(session, true)).toBe(session);
  expect(asked).toEqual([]);
});

test("requests that come together renew a session once", async () => {
  const { sessions, asked, wait } = given(async () => ({ ...ada, roles: ["owner"], refreshToken: "r2" }));
  const session = sessions.begin(ada);
  wait(6 * minute);
  const renewed = await Promise.all([1, 2, 3].map(() => sessions.renewed(session, true)));
  expect(asked).toEqual(["r1"]);
  for (const one of renewed) expect(one).toMatchObject({ roles: ["owner"], refreshToken: "r2", endsAt: 126 * minute });
});

test("requests that are not for it leave a session five minutes more, and not longer: each may reach another replica", async () => {
  const { sessions, asked, wait } = given(async () => ({ ...ada, refreshToken: "r2" }));
  const session = sessions.begin(ada);
  wait(10 * minute - 1);
  expect(await sessions.renewed(session, false)).toBe(session);
  wait(1);
  expect(await sessions.renewed(session, false)).toMatchObject({ refreshToken: "r2" });
  expect(asked).toEqual(["r1"]);
});

test("who has lost their last role is out", async () => {
  const { sessions, wait } = given(async () => ({ ...ada, roles: [] }));
  const session = sessions.begin(ada);
  wait(6 * minute);
  expect(await sessions.renewed(session, true)).toBeUndefined();
});

test("a provider that refuses ends the session, and one that is away does not", async () => {
  for (const [kind, ends] of [
    ["unauthorized", true],
    ["unavailable", false],
  ] as const) {
    const { sessions, wait } = given(() => Promise.reject(new AppError(kind, "no")));
    const session = sessions.begin(ada);
    wait(6 * minute);
    expect(await sessions.renewed(session, true)).toBe(ends ? undefined : session);
  }
});

test("without a refresh token a session goes on by being used", async () => {
  const { sessions, asked, wait } = given(async () => ada);
  const session = sessions.begin({ ...ada, refreshToken: undefined });
  wait(6 * minute);
  expect(await sessions.renewed(session, true)).toMatchObject({ endsAt: 126 * minute });
  expect(asked).toEqual([]);
});
