import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { register } from "./consul.ts";
import { consulToken } from "./consulToken.ts";
import { listen } from "./http/listen.ts";
import { keptLogs } from "./testing/logs.ts";

/** A service that registers at a Consul which answers every question with `status()`. */
async function registering(status: () => number, token?: () => Promise<string>) {
  const asked: string[] = [];
  const tokens: string[] = [];
  const handler: RequestListener = (request, response) => {
    asked.push(request.url ?? "");
    tokens.push(String(request.headers["x-consul-token"]));
    response.writeHead(status()).end();
  };
  const consul = await listen(handler, "127.0.0.1", 0);
  const logger = keptLogs();
  const consulUrl = `http://127.0.0.1:${consul.port}`;
  const place = { address: "127.0.0.1", sidecarPort: 50002, port: 8099 };
  const registered = register({ consulUrl, token, appId: "tea", ...place }, logger);
  onTestFinished(async () => {
    await registered.deregister();
    await consul.close(0);
  });
  return { registered, logger, asked, tokens };
}

const beats = { timeout: 40_000, interval: 50 };

test("a service is not ready before Consul knew it once", async () => {
  const { registered, asked } = await registering(() => 500);
  await vi.waitFor(() => expect(asked.length).toBeGreaterThan(1));
  await expect(registered.check()).rejects.toThrow("Consul refuses the registration (500)");
});

test("a service that Consul knew once stays ready when Consul fails, and says why it is not known now", async () => {
  let status = 200;
  const { registered, logger } = await registering(() => status);
  await vi.waitFor(() => registered.check());
  status = 500;
  await vi.waitFor(() => expect(registered.knownNow()).rejects.toThrow("(500)"), beats);
  await registered.check();
  status = 200;
  await vi.waitFor(() => registered.knownNow(), beats);
  expect(logger.lines.map(({ level, message }) => [level, message])).toEqual([
    ["info", "registered in Consul"],
    ["warn", "Consul refuses the registration (500)"],
    ["info", "registered in Consul"],
  ]);
});

test("a Consul whose rules refuse us is not said to be away, once, and we are not ready", async () => {
  const { registered, logger, asked } = await registering(
    () => 403,
    async () => "wrong",
  );
  await vi.waitFor(() => expect(asked.length).toBeGreaterThan(3), beats);
  const why = "Consul refuses the token (403): it needs service:write for tea";
  expect(logger.lines.map(({ message }) => message)).toEqual([why]);
  await expect(registered.check()).rejects.toThrow(why);
});

test("who has no token is told so", async () => {
  const { logger } = await registering(() => 403);
  await vi.waitFor(() => expect(logger.lines.at(-1)?.message).toContain("refuses us without a token (403)"));
});

test("a token goes with every request, and is asked for anew each time", async () => {
  let token = "first";
  const { tokens } = await registering(
    () => 200,
    async () => token,
  );
  await vi.waitFor(() => expect(tokens.at(-1)).toBe("first"));
  token = "second";
  await vi.waitFor(() => expect(tokens.at(-1)).toBe("second"), beats);
});

test("a token's file is read each time, and one that cannot be read is named and keeps us from being ready", async () => {
  const folder = mkdtempSync(join(tmpdir(), "gorder-consul-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "token");
  const { registered, tokens } = await registering(() => 200, consulToken({ CONSUL_HTTP_TOKEN_FILE: file }));
  await vi.waitFor(() => expect(registered.check()).rejects.toThrow(`Consul's token: ENOENT`));
  writeFileSync(file, "s3cret\n");
  await vi.waitFor(() => expect(tokens).toContain("s3cret"), beats);
});

test("a folder in the place of the token's file is said to be one", async () => {
  const { registered } = await registering(() => 200, consulToken({ CONSUL_HTTP_TOKEN_FILE: tmpdir() }));
  await vi.waitFor(() => expect(registered.check()).rejects.toThrow("Consul's token: EISDIR"));
});

test("a file goes before a token, and without both there is none", async () => {
  expect(consulToken({})).toBeUndefined();
  expect(await consulToken({ CONSUL_HTTP_TOKEN: "a" })?.()).toBe("a");
  const both = { CONSUL_HTTP_TOKEN: "a", CONSUL_HTTP_TOKEN_FILE: "/nonexistent" };
  await expect(consulToken(both)?.()).rejects.toThrow("ENOENT");
});
