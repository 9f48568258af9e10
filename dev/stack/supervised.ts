import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { endOf } from "../../ops/command/run.ts";
import type { Guard } from "./guard.ts";
import { type Probe, waitFor } from "./wait.ts";

/** One process of the stack. */
export type Part = {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly ready: Probe;
  readonly readyWithinMs?: number;
  /** How long it may take to end by itself after SIGTERM. */
  readonly graceMs?: number;
};

/** What processes of one stack share. */
export type Surroundings = {
  readonly logFile: (name: string) => string;
  readonly guard: Guard;
  readonly tell: (line: string) => void;
  /** Told when a process that died runs again, under another pid. */
  readonly revived?: () => void;
};

/** A process that ends is told at once: this is for one that runs and is slow, as everything is on a busy machine. */
const usuallyReadyWithinMs = 180_000;

/** What every process may know of the machine; all else it is told. */
function baseEnvironment(): Record<string, string> {
  const kept = ["PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "JAVA_HOME"];
  return Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name] as string]] : [])));
}

/** A process that is started, waited for until it is healthy, and started again when it dies on its own. */
export class Supervised {
  readonly part: Part;
  readonly #around: Surroundings;
  #child: ChildProcess | undefined;
  #exited: Promise<void> = Promise.resolve();
  #wanted = false;
  #deaths = 0;

  constructor(part: Part, around: Surroundings) {
    this.part = part;
    this.#around = around;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Starts it and waits until it is healthy; a failure carries the end of its log. */
  async start(): Promise<void> {
    this.#wanted = true;
    this.#putLogAside();
    try {
      await this.#launch();
    } catch (error) {
      await this.stop();
      throw error;
    }
    this.#deaths = 0;
  }

  /** A start begins a log of its own; the one before is kept beside it. */
  #putLogAside(): void {
    const path = this.#around.logFile(this.part.name);
    mkdirSync(dirname(path), { recursive: true });
    if (existsSync(path)) renameSync(path, `${path}.old`);
  }

  async #launch(): Promise<void> {
    const logPath = this.#around.logFile(this.part.name);
    const log = openSync(logPath, "a");
    const child = spawn(this.part.command, [...this.part.args], {
      env: { ...baseEnvironment(), ...this.part.env },
      stdio: ["ignore", log, log],
      detached: true, // a process group of its own: the terminal's Ctrl-C must not reach it past us
      ...(this.part.cwd === undefined ? {} : { cwd: this.part.cwd }),
    });
    closeSync(log);
    const ended = new AbortController();
    let ready = false;
    this.#child = child;
    this.#exited = new Promise((resolve) => {
      const done = (why: string) => {
        ended.abort(new Error(why));
        this.#forget(child);
        resolve();
        if (this.#wanted && ready) void this.#revive(why);
      };
      child.once("error", (error) => done(String(error)));
      child.once("exit", (code, signal) => done(signal === null ? `ended with code ${code}` : `ended by ${signal}`));
    });
    if (child.pid !== undefined) this.#around.guard.watch(child.pid);
    try {
      const options = { withinMs: this.part.readyWithinMs ?? usuallyReadyWithinMs, signal: ended.signal };
      await waitFor(this.part.name, this.part.ready, options);
      ready = true;
    } catch (error) {
      const reason = ended.signal.aborted ? String(ended.signal.reason.message) : (error as Error).message;
      const tail = endOf(readFileSync(logPath, "utf8"));
      throw new Error(`${this.part.name} did not start: ${reason}\n  the end of ${logPath}:\n${tail}`);
    }
  }

  /** What is left of the group (helpers of the process) goes with it. */
  #forget(child: ChildProcess): void {
    if (child.pid === undefined) return;
    signalGroup(child.pid, "SIGKILL");
    this.#around.guard.forget(child.pid);
    if (this.#child === child) this.#child = undefined;
  }

  async #revive(why: string): Promise<void> {
    for (let reason = why; this.#wanted; ) {
      const pause = Math.min(10_000, 250 * 2 ** this.#deaths);
      this.#deaths += 1;
      this.#around.tell(`${this.part.name} ${reason}; starting it again in ${pause / 1000} s`);
      await delay(pause);
      if (!this.#wanted || this.#child !== undefined) return;
      try {
        await this.#launch();
        this.#around.tell(`${this.part.name} is back`);
        this.#around.revived?.();
        setTimeout(() => {
          this.#deaths = 0;
        }, 30_000).unref();
        return;
      } catch (error) {
        await this.#end();
        reason = (error as Error).message;
      }
    }
  }

  /** Asks it to end, and makes it end when its grace is over. It stays down. */
  async stop(): Promise<void> {
    this.#wanted = false;
    const child = this.#child;
    if (child?.pid === undefined) return;
    child.kill("SIGTERM");
    const grace = new AbortController();
    const late = delay(this.part.graceMs ?? 10_000, "late", { signal: grace.signal }).catch(() => "over");
    if ((await Promise.race([this.#exited, late])) === "late") {
      this.#around.tell(`${this.part.name} did not end in time and was killed`);
      signalGroup(child.pid, "SIGKILL");
    }
    grace.abort();
    await this.#exited;
  }

  /** kill -9 of the whole group; it stays down until `start`. */
  async kill(): Promise<void> {
    this.#wanted = false;
    await this.#end();
  }

  async #end(): Promise<void> {
    if (this.pid !== undefined) signalGroup(this.pid, "SIGKILL");
    await this.#exited;
  }
}

function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch {
    // Nobody left to signal.
  }
}
