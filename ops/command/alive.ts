import { readFileSync } from "node:fs";

/** When a process began, in clock ticks since boot; empty where there is no /proc. */
export function bornAt(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")")).split(" ")[20] ?? "";
  } catch {
    return "";
  }
}

/** Whether a process still runs, and not another one that was given its id since. */
export function isStill(pid: number, born: string): boolean {
  try {
    process.kill(pid, 0);
    return bornAt(pid) === born;
  } catch {
    return false;
  }
}
