import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { demandGorder } from "./running.ts";

/** The address of somebody who answers everything with this. */
async function serving(body: string): Promise<string> {
  const server = createServer((_, answer) => answer.end(body));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("a command that needs a running Gorder tells Gorder from somebody else who answers there, and from nobody", async () => {
  await expect(demandGorder(await serving('{"info":{"title":"Gorder"}}'))).resolves.toBeUndefined();
  for (const url of [await serving("<h1>Hello</h1>"), await serving('{"info":{}}'), "http://127.0.0.1:1"])
    await expect(demandGorder(url)).rejects.toThrow(`Gorder does not answer at ${url}`);
});
