import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { waitFor } from "./wait.ts";

test("when the one who watches is killed, the guard ends what it watched, and only that", async () => {
  const guard = JSON.stringify(join(import.meta.dirname, "guard.ts"));
  const script = `
    import { spawn } from "node:child_process";
    import { startGuard } from ${guard};
    const guard = startGuard();
    const start = () => spawn("sleep", ["1000"], { detached: true, stdio: "ignore" }).pid;
    const [watched, forgotten] = [start(), start()];
    guard.watch(watched);
    guard.watch(forgotten);
    guard.forget(forgotten);
    process.stdout.write(watched + " " + forgotten);
    setInterval(() => {}, 1000);`;
  const watcher = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
    cwd: join(import.meta.dirname, "..", ".."),
  });
  const [output] = (await once(watcher.stdout, "data")) as [Buffer];
  const [watched = 0, forgotten = 0] = output.toString().split(" ").map(Number);
  const isRunning = (pid: number) => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  };
  try {
    expect(isRunning(watched)).toBe(true);
    watcher.kill("SIGKILL");
    await waitFor("the guard", async () => (isRunning(watched) ? "still running" : undefined), { withinMs: 30_000 });
    expect(isRunning(forgotten)).toBe(true);
  } finally {
    process.kill(forgotten, "SIGKILL");
  }
}, 60_000);
