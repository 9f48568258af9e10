import { once } from "node:events";
import { expect, test } from "vitest";
import { serverOf, started } from "./testing/started.ts";

test.each([
  ["an error that nobody caught", `setTimeout(() => { throw new Error("the pot broke"); });`],
  ["a rejection that nobody handled", `Promise.reject(new Error("the pot broke"));`],
])(
  "%s is logged whole, as every line is, before the process ends with status 1",
  async (_, code) => {
    const script = `
    import { createLogger } from "#common/logging";
    import { endOnCrash } from "#common/process";
    endOnCrash(createLogger("test", { json: true, level: "info" }));
    ${code}
    setTimeout(() => {}, 60_000);`;
    const { child, output } = started(["--input-type=module", "-e", script], {});
    expect(await once(child, "exit")).toEqual([1, null]);
    const line = JSON.parse(output()) as Record<string, string>;
    expect(line).toMatchObject({ level: "error", service: "test", message: "crashed", error: "the pot broke" });
    expect(line.stack).toContain("Error: the pot broke");
  },
  120_000,
);

test("a process that cannot stop in good order ends all the same, with status 1 and a line that says so", async () => {
  const script = `
    import { createLogger } from "#common/logging";
    import { endOnSignal } from "#common/process";
    endOnSignal(createLogger("test", { json: true, level: "info" }), () => new Promise(() => {}), 200);
    setInterval(() => {}, 60_000);
    process.kill(process.pid, "SIGTERM");`;
  const { child, output } = started(["--input-type=module", "-e", script], {});
  expect(await once(child, "exit")).toEqual([1, null]);
  const messages = output()
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { message: string }).message);
  expect(messages).toEqual(["stopping", "did not stop in time"]);
}, 120_000);

test.each(["zipkinUrl", "otlp"])(
  "a tracing server that takes connections and says nothing keeps no process from its end with status 0 (%s)",
  async (by) => {
    const mute = await serverOf((request) => void request.resume());
    const url = `http://127.0.0.1:${mute.port}/`;
    const script = `
    import { createLogger } from "#common/logging";
    import { endOnSignal } from "#common/process";
    import { startTracing } from "#common/startTracing";
    import { inSpan } from "#common/tracing";
    const stop = startTracing({ service: "test", sampleRatio: 1, ${by}: ${by === "otlp" ? "true" : JSON.stringify(url)} });
    await inSpan("something", {}, async () => {});
    endOnSignal(createLogger("test", { json: true, level: "info" }), stop, 5_000);
    setInterval(() => {}, 60_000);
    process.kill(process.pid, "SIGTERM");`;
    const { child, output } = started(["--input-type=module", "-e", script], { OTEL_EXPORTER_OTLP_ENDPOINT: url });
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(output()).toContain('"message":"stopped"');
  },
  120_000,
);
