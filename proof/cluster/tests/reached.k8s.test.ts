import { expect, inject, test } from "vitest";

/** Each address that a port-forward leads to: the sidecar's listener of every service, and the public one of some. */
const addresses = Object.entries(inject("stack").apps).flatMap(([app, reached]) => [
  [`${app}'s sidecar's listener`, reached.appUrl] as const,
  ...("url" in reached ? [[`${app}'s public listener`, reached.url] as const] : []),
]);

// A port-forward leads to the pod that was there when it began; the next request begins it anew.
test.each(addresses)("%s is reached again after all its pods went", async (_, address) => {
  const ask = async () => (await fetch(`${address}/healthz`, { signal: AbortSignal.timeout(5_000) })).status;
  await expect.poll(() => ask().catch(String), { timeout: 120_000, interval: 500 }).toBe(200);
});
