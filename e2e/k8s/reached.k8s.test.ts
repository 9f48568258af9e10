import { expect, inject, test } from "vitest";

// A port-forward leads to the pod that was there when it began; whoever asks next begins it anew.
test.each(Object.entries(inject("stack").apps))(
  "%s is reached again after all its pods went",
  async (_, { appUrl }) => {
    const ask = async () => (await fetch(`${appUrl}/healthz`, { signal: AbortSignal.timeout(5_000) })).status;
    await expect.poll(() => ask().catch(String), { timeout: 60_000, interval: 500 }).toBe(200);
  },
);
