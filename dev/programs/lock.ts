import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { say } from "../../ops/command/say.ts";

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function holder(path: string): number | undefined {
  try {
    return Number(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/** A hard link appears with its content, so a lock is never seen without the pid of its holder. */
function take(path: string): boolean {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, String(process.pid));
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Renaming succeeds for one process alone, so two that wait do not both break the same lock. */
function breakStale(path: string, pid: number): void {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
    if (holder(aside) !== pid) linkSync(aside, path);
  } catch {
    // Someone else broke it or took it first: the next look tells.
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Takes the lock if nobody has it; what comes back gives it up again. */
export function tryLock(path: string): (() => void) | undefined {
  const pid = holder(path);
  if (pid !== undefined && !isAlive(pid)) breakStale(path, pid);
  return take(path) ? () => rmSync(path, { force: true }) : undefined;
}

/** Runs `work` while no other process on this machine does so under the same path. */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  let said = false;
  while (!take(path)) {
    const pid = holder(path);
    if (pid !== undefined && !isAlive(pid)) breakStale(path, pid);
    else if (!said) {
      said = true;
      say(`  waiting for process ${pid ?? "?"}, which is at the same work (${path})`);
    }
    await delay(300);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}
