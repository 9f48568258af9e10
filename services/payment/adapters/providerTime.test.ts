import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { providerTime } from "./providerTime.ts";

/** A provider that answers with this status and this Date header. */
async function provider(status: number, date: string | undefined): Promise<string> {
  const server = createServer((_request, response) => {
    response.sendDate = false;
    if (date) response.setHeader("date", date);
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const date = "Thu, 01 Jan 2026 12:00:00 GMT";

test.each([200, 301, 401, 404, 500])("the provider says what time it is, also with an answer of %i", async (status) => {
  expect(await providerTime(await provider(status, date))()).toEqual(new Date(date));
});

test.each([undefined, "yesterday"])("an answer with the date %s says nothing", async (said) => {
  await expect(providerTime(await provider(200, said))()).rejects.toThrow("does not say what time it is");
});
