import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

/** What a process of its own writes when it logs like this. */
async function written(json: boolean, code: string): Promise<string> {
  const script = `
    import { createLogger } from "#common/logging";
    import { startTracing } from "#common/startTracing";
    import { inSpan } from "#common/tracing";
    startTracing({ service: "test", sampleRatio: 0 });
    const logger = createLogger("test", { json: ${json}, level: "info" });
    ${code}`;
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--import",
    "tsx",
    "--input-type=module",
    "-e",
    script,
  ]);
  return stdout;
}

const code = `
  logger.debug("too quiet");
  logger.info("outside");
  await inSpan("work", {}, async (span) => {
    logger.warn("inside", { orderId: "o-1", nothing: undefined });
    await new Promise((done) => setImmediate(done));
    logger.error("burnt", {}, new Error("the pot", { cause: new Error("the stove") }));
    logger.info(span.spanContext().traceId);
  });`;

test("in production every line is one JSON object with service, level and time, and within a span its trace id", async () => {
  const lines = (await written(true, code))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, string>);
  expect(lines.map(({ level, message }) => [level, message]).slice(0, 3)).toEqual([
    ["info", "outside"],
    ["warn", "inside"],
    ["error", "burnt"],
  ]);
  for (const line of lines) expect(line).toMatchObject({ service: "test", timestamp: expect.stringMatching(/Z$/) });
  const traceId = lines[3]?.message;
  expect(traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(lines.map((line) => line.traceId)).toEqual([undefined, traceId, traceId, traceId]);
  expect(lines[1]).toMatchObject({ orderId: "o-1" });
  expect(lines[2]?.stack).toMatch(/the pot.*caused by Error: the stove/s);
});

test("elsewhere a line is readable, with the trace id", async () => {
  const lines = (await written(false, code)).split("\n");
  expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d\.\d{3} info {2}test {5}outside$/);
  expect(lines[1]).toMatch(/ warn {2}test {5}inside orderId=o-1 traceId=[0-9a-f]{32}$/);
});
