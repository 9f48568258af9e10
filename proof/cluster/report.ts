import { readFileSync } from "node:fs";
import { say } from "../../ops/command/say.ts";

const everyMs = 1_000;

/** Memory of this machine that is in use, in MiB; undefined where there is no /proc. */
function inUse(): number | undefined {
  try {
    const text = readFileSync("/proc/meminfo", "utf8");
    const kib = (name: string) => Number(new RegExp(`^${name}: +(\\d+) kB`, "m").exec(text)?.[1]);
    return Math.round((kib("MemTotal") - kib("MemAvailable")) / 1024);
  } catch {
    return undefined;
  }
}

type Row = { readonly name: string; readonly seconds: number; readonly peak: number | undefined };

/** How long each step took, and how much more memory the machine used meanwhile than at the beginning, at most. */
export class Report {
  readonly #rows: Row[] = [];
  readonly #before = inUse() ?? 0;

  async step<T>(name: string, work: () => Promise<T>): Promise<T> {
    say(`\n== ${name}`);
    const start = Date.now();
    let peak = inUse();
    const timer = setInterval(() => {
      const now = inUse();
      if (now !== undefined && peak !== undefined) peak = Math.max(peak, now);
    }, everyMs);
    try {
      return await work();
    } finally {
      clearInterval(timer);
      this.#rows.push({
        name,
        seconds: Math.round((Date.now() - start) / 1000),
        peak: peak === undefined ? undefined : peak - this.#before,
      });
    }
  }

  print(): void {
    const total = this.#rows.reduce((sum, { seconds }) => sum + seconds, 0);
    const peak = Math.max(...this.#rows.map((row) => row.peak ?? 0));
    say(`\n${"step".padEnd(24)} ${"seconds".padStart(8)} ${"MiB more, at most".padStart(18)}`);
    for (const row of [...this.#rows, { name: "all", seconds: total, peak }]) {
      say(`${row.name.padEnd(24)} ${String(row.seconds).padStart(8)} ${String(row.peak ?? "?").padStart(18)}`);
    }
    say("");
  }
}
