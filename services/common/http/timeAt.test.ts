import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { timeAt } from "./timeAt.ts";

/** A provider that answers with this status and this Date header. */
async function provider(status: number, date: string | undefined, age?: string): Promise<string> {
  const server = createServer((_request, response) => {
    response.sendDate = false;
    if (date) response.setHeader("date", date);
    if (age) response.setHeader("age", age);
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const date = "Thu, 01 Jan 2026 12:00:00 GMT";

test.each([200, 301, 401, 404, 500])("the provider says what time it is, also with an answer of %i", async (status) => {
  expect(await timeAt(await provider(status, date), "The provider")()).toEqual(new Date(date));
});

test.each([undefined, "yesterday"])("an answer with the date %s says nothing", async (said) => {
  await expect(timeAt(await provider(200, said), "The provider")()).rejects.toThrow(
    "The provider does not say what time it is",
  );
});

test("an answer that a cache kept is of its age ago", async () => {
  expect(await timeAt(await provider(200, date, "600"), "The provider")()).toEqual(new Date("2026-01-01T12:10:00Z"));
  await expect(timeAt(await provider(200, date, "old"), "The provider")()).rejects.toThrow("does not say");
});
