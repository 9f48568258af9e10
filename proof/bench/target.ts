import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Context, local } from "../../dev/stack/parts/context.ts";
import { mongodbUrl } from "../../dev/stack/parts/mongodb.ts";
import { mysqlUrl } from "../../dev/stack/parts/mysql.ts";
import { noLimits } from "../../dev/stack/parts/services.ts";
import { instancesOf, type Ports } from "../../dev/stack/ports.ts";
import type { Secrets } from "../../dev/stack/secrets.ts";
import { startStack } from "../../dev/stack/stack.ts";
import { runningStack } from "../../dev/stack/state.ts";
import { say } from "../../ops/command/say.ts";
import { takeTestPorts } from "../testing/offsets.ts";

/** How the order service reaches stock, and payment and the kitchen the order service. */
export type Way = "sidecars" | "direct";

/** How a stack of our own is started. */
export type TargetOptions = {
  /** How many processes of each service, each with its own sidecar; 1 unless said. */
  readonly replicas?: number;
  /** Gets a CPU profile of each service when the stack stops, which then takes longer. */
  readonly profileFolder?: string;
};

/** A running stack that can be measured. */
export type Target = {
  readonly way: Way;
  /** Of each replica of the order service. */
  readonly urls: readonly string[];
  readonly mongodbUrl: string;
  readonly mysqlUrl: string;
  /** The leader of every part's process group. */
  readonly pids: Readonly<Record<string, number>>;
  stop(): Promise<void>;
};

const menuFile = join(import.meta.dirname, "menu.json");

/** What a stack is measured with: few traces, few log lines, and a kitchen that needs no time. */
const settings = {
  traceSampleRatio: 0.01,
  env: { ...noLimits, LOG_LEVEL: "warn", COOKS: "1000", COOK_SECONDS: "0", MENU_FILE: menuFile },
};

/**
 * A stack of our own, on free ports and with data that go when it stops. The stand-in tells the first replica of payment
 * of every payment; the guests ask the replicas of the order service in turn.
 */
export async function startTarget(way: Way, { replicas = 1, profileFolder }: TargetOptions = {}): Promise<Target> {
  const { ports, release } = await takeTestPorts();
  const data = await mkdtemp(join(tmpdir(), `gorder-bench-${way}-`));
  const clean = async () => {
    await rm(data, { recursive: true, force: true });
    release();
  };
  try {
    const stack = await startStack({
      ...settings,
      ...(profileFolder && { profileFolder }),
      data,
      ports,
      replicas,
      direct: way === "direct",
      tell: (line) => say(`  ${way}: ${line}`),
    });
    await stack.startServices();
    const stop = async () => {
      if (!profileFolder) await stack.killAll();
      await stack.stop();
      await clean();
    };
    return { way, ...addresses(stack.context, replicas), pids: stack.pids, stop };
  } catch (error) {
    await clean();
    throw error;
  }
}

/** A stack that somebody else started and ends, with `--no-limits`, and `MENU_FILE` naming this folder's menu. */
export function runningTarget(data: string): Target {
  const state = runningStack(data);
  if (state === undefined) throw new Error(`no stack runs on ${data}`);
  const secrets = JSON.parse(readFileSync(state.secretsFile, "utf8")) as Secrets;
  const way = state.direct ? "direct" : "sidecars";
  const replicas = Object.keys(state.pids).filter((name) => /^order(-\d)?$/.test(name)).length;
  const where = addresses({ ports: state.ports as Ports, secrets }, replicas);
  return { way, ...where, pids: state.pids, stop: async () => {} };
}

function addresses(of: Pick<Context, "ports" | "secrets">, replicas: number) {
  const context = { ...of, data: "", programs: {} as Context["programs"] };
  const urls = instancesOf("order", replicas).map((name) => local(of.ports[name]));
  return { urls, mongodbUrl: mongodbUrl(context), mysqlUrl: mysqlUrl(context) };
}
