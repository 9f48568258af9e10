import type { RequestListener } from "node:http";
import { expect, onTestFinished, test, vi } from "vitest";
import { register } from "./consul.ts";
import { listen } from "./http/listen.ts";
import { keptLogs } from "./testing/logs.ts";

/** A service that registers at a Consul which answers every question with `status()`. */
async function registering(status: () => number) {
  const asked: string[] = [];
  const handler: RequestListener = (request, response) => {
    asked.push(request.url ?? "");
    response.writeHead(status()).end();
  };
  const consul = await listen(handler, "127.0.0.1", 0);
  const logger = keptLogs();
  const consulUrl = `http://127.0.0.1:${consul.port}`;
  const place = { address: "127.0.0.1", sidecarPort: 50002, port: 8099 };
  const registered = register({ consulUrl, appId: "tea", ...place }, logger);
  onTestFinished(async () => {
    await registered.deregister();
    await consul.close(0);
  });
  return { registered, logger, asked };
}

const beats = { timeout: 10_000, interval: 50 };

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

test("a Consul whose rules refuse us is not said to be away", async () => {
  const { logger } = await registering(() => 403);
  await vi.waitFor(() => expect(logger.lines.at(-1)?.message).toBe("Consul refuses the token (403)"));
});
