import { expect, it, vi } from "vitest";
import { isKind } from "#common/errors";
import { retry } from "./failures.ts";

const serverError = (errno: number) => Object.assign(new Error(`error ${errno}`), { errno, sqlState: "HY000" });
const failure = (work: () => Promise<unknown>, limits?: { attempts: number; withinMs: number }) =>
  retry(work, limits).then(
    () => undefined,
    (error: unknown) => error,
  );

it.each([1213, 1205, 1062])("tries again when others got in the way (error %i)", async (errno) => {
  const work = vi.fn().mockRejectedValueOnce(serverError(errno)).mockResolvedValue("done");
  expect(await retry(work)).toBe("done");
  expect(work).toHaveBeenCalledTimes(2);
});

it("gives up after so many attempts, or when the time is over, and is unavailable", async () => {
  const work = vi.fn().mockRejectedValue(serverError(1213));
  expect(isKind(await failure(work, { attempts: 3, withinMs: 60_000 }), "unavailable")).toBe(true);
  expect(work).toHaveBeenCalledTimes(3);
  work.mockClear();
  expect(isKind(await failure(work, { attempts: 1_000, withinMs: 20 }), "unavailable")).toBe(true);
  expect(work.mock.calls.length).toBeLessThan(50);
});

it.each([
  ["a lost connection", Object.assign(new Error("lost"), { code: "PROTOCOL_CONNECTION_LOST", fatal: true })],
  ["a refused connection", Object.assign(new Error("no"), { code: "ECONNREFUSED", errno: -111, syscall: "connect" })],
  ["a server that is full", serverError(1040)],
  ["a full disk", serverError(1021)],
  ["a write that the disk refused", serverError(1026)],
  ["a table for which there is no room", serverError(1114)],
  ["a pool that is full", new Error("Queue limit reached.")],
])("is unavailable at once after %s, whose outcome nobody knows", async (_, error) => {
  const work = vi.fn().mockRejectedValue(error);
  expect(await failure(work)).toMatchObject({ kind: "unavailable", cause: error });
  expect(work).toHaveBeenCalledTimes(1);
});

it.each([
  ["a mistake in a statement", serverError(1064)],
  ["a wrong password", Object.assign(serverError(1045), { fatal: true })],
  ["a violated constraint", serverError(4025)],
  ["a mistake in the code", new TypeError("undefined is not a function")],
])("passes on %s as it is", async (_, error) => {
  const work = vi.fn().mockRejectedValue(error);
  expect(await failure(work)).toBe(error);
  expect(work).toHaveBeenCalledTimes(1);
});
