import { expect, test } from "vitest";
import { listen } from "#common/http/listen";
import { keptLogs } from "#common/testing/logs";
import { endWithoutSidecar } from "./admitted.ts";

const silent = (): void => {};
const within = { patienceMs: 100, everyMs: 10 };

test("a process beside which no sidecar comes up ends, and says why in its last line", async () => {
  const logger = keptLogs();
  let ends = 0;
  const { port, close } = await listen(silent, "127.0.0.1", 0);
  await close();
  await endWithoutSidecar({ port, logger, ...within, end: () => void ends++ });
  expect(ends).toBe(1);
  expect(logger.lines).toMatchObject([
    { level: "error", message: "does not start", fields: { reason: expect.stringContaining("no sidecar came up") } },
  ]);
});

test("a sidecar that comes late is waited for, and one that was there may go", async () => {
  const logger = keptLogs();
  const first = await listen(silent, "127.0.0.1", 0);
  await first.close();
  const waited = endWithoutSidecar({
    port: first.port,
    logger,
    ...within,
    patienceMs: 5_000,
    end: () => expect.fail(),
  });
  const late = await listen(silent, "127.0.0.1", first.port);
  await waited;
  await late.close();
  expect(logger.lines).toEqual([]);
});
