import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Fleet } from "./fleet.ts";
import type { Part } from "./supervised.ts";
import { waitFor } from "./wait.ts";

/** A part that is healthy once it has written the named file, and that runs this code around it. */
function nodePart(name: string, folder: string, code: string): Part {
  const file = join(folder, `${name}.up`);
  const script = `const fs = require("node:fs"); const up = () => fs.appendFileSync(${JSON.stringify(file)}, process.pid + "\\n");
    setInterval(() => {}, 1000); ${code}`;
  return {
    name,
    command: process.execPath,
    args: ["-e", script],
    ready: async () => (existsSync(file) ? undefined : "not up yet"),
    readyWithinMs: 30_000,
    graceMs: 300,
  };
}

async function world() {
  const folder = await mkdtemp(join(tmpdir(), "gorder-fleet-"));
  const told: string[] = [];
  const fleet = new Fleet(
    folder,
    (line) => void told.push(line),
    () => {},
  );
  onTestFinished(async () => {
    await fleet.killAll();
    await fleet.stop();
    await rm(folder, { recursive: true, force: true });
  });
  return { folder, fleet, told };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const gone = (pid: number) => async () => (isRunning(pid) ? `process ${pid} runs` : undefined);

test("a part that ends before it is healthy is named, with the end of its log", async () => {
  const { fleet, folder } = await world();
  const part = nodePart("broken", folder, 'console.error("the reason"); process.exit(3);');
  await expect(fleet.start("servers", part)).rejects.toThrow(
    /broken did not start: ended with code 3\n.*broken\.log:\n.*the reason/s,
  );
});

test("a program that is not there is a failure to start", async () => {
  const { fleet, folder } = await world();
  const part = { ...nodePart("absent", folder, ""), command: "/no/such/program" };
  await expect(fleet.start("servers", part)).rejects.toThrow(/absent did not start.*ENOENT/s);
});

test("a part that dies later is started again, and that is said", async () => {
  const { fleet, folder, told } = await world();
  await fleet.start("servers", nodePart("mortal", folder, "up();"));
  const first = fleet.pids.mortal ?? 0;
  process.kill(first, "SIGKILL");
  const revived = async () => {
    const pid = fleet.pids.mortal;
    return pid !== undefined && pid !== first && told.length === 2 ? undefined : "not back yet";
  };
  await waitFor("mortal", revived, { withinMs: 30_000 });
  expect(told).toEqual(["mortal ended by SIGKILL; starting it again in 0.25 s", "mortal is back"]);
});

test("a part that was killed on purpose stays down until it is restarted", async () => {
  const { fleet, folder, told } = await world();
  await fleet.start("servers", nodePart("victim", folder, "up();"));
  const first = fleet.pids.victim ?? 0;
  await fleet.kill("victim");
  expect(fleet.pids.victim).toBeUndefined();
  await fleet.restart("victim");
  expect(fleet.pids.victim).not.toBe(first);
  expect(told).toEqual([]);
});

test("stopping ends services before servers, and kills what does not listen", async () => {
  const { fleet, folder, told } = await world();
  const noting = (name: string) =>
    nodePart(
      name,
      folder,
      `up(); process.on("SIGTERM", () => { fs.appendFileSync("${folder}/order", "${name} "); process.exit(0); });`,
    );
  await fleet.start("servers", noting("server"));
  await fleet.start("sidecars", noting("sidecar"));
  await fleet.start("services", noting("service"));
  await fleet.start("services", nodePart("deaf", folder, 'process.on("SIGTERM", () => {}); up();'));
  const pids = Object.values(fleet.pids);
  await fleet.stop();
  expect(readFileSync(join(folder, "order"), "utf8")).toBe("service sidecar server ");
  expect(told).toEqual(["deaf did not end in time and was killed"]);
  expect(pids.filter(isRunning)).toEqual([]);
});

test("what a part has started goes with it", async () => {
  const { fleet, folder } = await world();
  const child = `require("node:child_process").spawn("sleep", ["1000"]).on("spawn", function () { fs.writeFileSync("${folder}/child", String(this.pid)); up(); });`;
  await fleet.start("servers", nodePart("parent", folder, child));
  const pid = Number(readFileSync(join(folder, "child"), "utf8"));
  expect(isRunning(pid)).toBe(true);
  await fleet.stop();
  await waitFor("the end of the child", gone(pid), { withinMs: 30_000 });
});

test("stopping while a part is still starting ends it too", async () => {
  const { fleet, folder } = await world();
  const starting = fleet.start("servers", nodePart("slow", folder, ""));
  const outcome = starting.then(
    () => "started",
    (error: Error) => error.message,
  );
  await waitFor("a process", async () => (fleet.pids.slow ? undefined : "none"), { withinMs: 30_000 });
  const pid = fleet.pids.slow ?? 0;
  await fleet.stop();
  expect(await outcome).toMatch(/slow did not start: ended by SIGTERM/);
  expect(isRunning(pid)).toBe(false);
  await expect(fleet.start("servers", nodePart("late", folder, "up();"))).rejects.toThrow("the stack is stopping");
});
