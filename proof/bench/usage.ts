import { readdirSync, readFileSync } from "node:fs";
import { isApp } from "../../dev/services.ts";

/** Clock ticks a second in /proc, and bytes a page: what Linux has on every machine that this runs on. */
const ticks = 100;
const pageBytes = 4096;
const everyMs = 500;

/** What one part used in a phase. Memory is resident, in MB. */
export type PartUsage = { cpuSeconds: number; peakMb: number; endMb: number };
/** By part, as the stack names it. */
export type Usage = Readonly<Record<string, PartUsage>>;

type Reading = { cpu: number; mb: number };

/** CPU seconds and memory by process group, so that a part's helpers count with it. */
function readGroups(leaders: ReadonlySet<number>): Map<number, Reading> {
  const groups = new Map<number, Reading>();
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    const stat = statOf(pid);
    const group = Number(stat?.[2]);
    if (stat === undefined || !leaders.has(group)) continue;
    const before = groups.get(group) ?? { cpu: 0, mb: 0 };
    const cpu = (Number(stat[11]) + Number(stat[12])) / ticks;
    groups.set(group, { cpu: before.cpu + cpu, mb: before.mb + (Number(stat[21]) * pageBytes) / 1e6 });
  }
  return groups;
}

/** The fields after the program's name, which may itself hold spaces; `[0]` is the state. */
function statOf(pid: string): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined; // ended in the meantime
  }
}

/** Watches processes; each part counts from when it was added, and keeps what it used when it ended. */
export function watchUsage(pids: Readonly<Record<string, number>>) {
  const parts = new Map<string, { pid: number; first: number; last: Reading; peak: number }>();
  const look = () => {
    const now = readGroups(new Set([...parts.values()].map(({ pid }) => pid)));
    for (const part of parts.values()) {
      part.last = now.get(part.pid) ?? part.last;
      part.peak = Math.max(part.peak, part.last.mb);
    }
  };
  const add = (name: string, pid: number) => {
    const last = readGroups(new Set([pid])).get(pid) ?? { cpu: 0, mb: 0 };
    parts.set(name, { pid, first: last.cpu, last, peak: last.mb });
  };
  for (const [name, pid] of Object.entries(pids)) add(name, pid);
  const timer = setInterval(look, everyMs);
  return {
    add,
    read(): Usage {
      look();
      const used = [...parts].map(([name, { first, last, peak }]) => {
        return [name, { cpuSeconds: last.cpu - first, peakMb: peak, endMb: last.mb }] as const;
      });
      return Object.fromEntries(used);
    },
    end: () => clearInterval(timer),
  };
}

/** A process of a service, whichever of its replicas. */
export function isService(part: string): boolean {
  return isApp(part.replace(/-\d$/, ""));
}

/** Services and their sidecars: what Gorder is, whatever servers and guests it has. */
export function isOurs(part: string): boolean {
  return isService(part.replace(/-dapr$/, ""));
}

/** CPU seconds of several parts together. */
export function cpuSeconds(usage: Usage, counts: (name: string) => boolean = () => true): number {
  return Object.entries(usage).reduce((sum, [name, part]) => sum + (counts(name) ? part.cpuSeconds : 0), 0);
}
