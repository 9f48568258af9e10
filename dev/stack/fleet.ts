import { join } from "node:path";
import { startGuard } from "./guard.ts";
import { type Part, Supervised, type Surroundings } from "./supervised.ts";

/** What ends first comes last: the services, then their sidecars, then the servers behind them. */
export const layers = ["nameserver", "servers", "sidecars", "services"] as const;
export type Layer = (typeof layers)[number];

/** All processes of one stack. */
export class Fleet {
  readonly #members = new Map<string, { readonly layer: Layer; readonly process: Supervised }>();
  readonly #around: Surroundings;
  readonly #changed: () => void;
  #stopping: Promise<void> | undefined;

  constructor(logFolder: string, tell: (line: string) => void, changed: () => void) {
    this.#around = { logFile: (name) => join(logFolder, `${name}.log`), guard: startGuard(), tell, revived: changed };
    this.#changed = changed;
  }

  /** Starts one part and waits until it is healthy. */
  async start(layer: Layer, part: Part): Promise<void> {
    if (this.#stopping !== undefined) throw new Error(`${part.name} was not started: the stack is stopping`);
    const process = new Supervised(part, this.#around);
    this.#members.set(part.name, { layer, process });
    await process.start();
    this.#changed();
  }

  has(name: string): boolean {
    return this.#members.has(name);
  }

  get pids(): Readonly<Record<string, number>> {
    const running = [...this.#members].flatMap(([name, { process }]) => (process.pid ? [[name, process.pid]] : []));
    return Object.fromEntries(running);
  }

  #find(name: string): Supervised {
    const member = this.#members.get(name);
    if (member === undefined) throw new Error(`no part "${name}"; there are: ${[...this.#members.keys()].join(", ")}`);
    return member.process;
  }

  /** kill -9; it stays down until `restart`. */
  async kill(name: string): Promise<void> {
    await this.#find(name).kill();
    this.#changed();
  }

  /** Ends it in good order if it runs, starts it and waits until it is healthy. */
  async restart(name: string): Promise<void> {
    const process = this.#find(name);
    await process.stop();
    await process.start();
    this.#changed();
  }

  /** Ends every process that this fleet started, in each state of its life. May be called again. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  async #stopAll(): Promise<void> {
    for (const layer of [...layers].reverse()) {
      const processes = [...this.#members.values()].filter((member) => member.layer === layer);
      await Promise.all(processes.map(({ process }) => process.stop()));
    }
    this.#around.guard.end();
  }

  /** kill -9 for all: for a second Ctrl-C. */
  async killAll(): Promise<void> {
    await Promise.all([...this.#members.values()].map(({ process }) => process.kill()));
  }
}
