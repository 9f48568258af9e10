import { MongoClientClosedError, MongoDriverError, MongoServerClosedError, MongoTopologyClosedError } from "mongodb";
import { expect, test } from "vitest";
import { withDomainErrors } from "./mongoFailures.ts";

const inTime = withDomainErrors((call) => call);
const failing = (error: Error) => inTime(Promise.reject(error));

test("a write to a connection that the server has just ended says that the store is unavailable", async () => {
  const raw = Object.assign(new Error("This socket has been ended by the other party"), { code: "EPIPE" });
  await expect(failing(raw)).rejects.toMatchObject({ kind: "unavailable", cause: raw });
});

test.each([new MongoClientClosedError(), new MongoServerClosedError("closed"), new MongoTopologyClosedError("closed")])(
  "a call that comes while the client is connected anew says that the store is unavailable: $name",
  async (raw) => {
    await expect(failing(raw)).rejects.toMatchObject({ kind: "unavailable", cause: raw });
  },
);

test("a call that got no connection in time says that the store is unavailable", async () => {
  const raw = new MongoDriverError("Timed out");
  Object.defineProperty(raw, "name", { value: "MongoWaitQueueTimeoutError" });
  await expect(failing(raw)).rejects.toMatchObject({ kind: "unavailable", cause: raw });
});

test("an error of our own stays what it is", async () => {
  const raw = new TypeError("no such method");
  await expect(failing(raw)).rejects.toBe(raw);
});
