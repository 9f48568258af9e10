import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "../../dev/build/build.ts";
import { mostReplicas } from "../../dev/stack/ports.ts";
import { demandReplicas } from "../../dev/stack/stack.ts";
import { say, seconds } from "../../ops/command/say.ts";
import { endWith, readWords } from "../../ops/command/words.ts";
import { type OpenBooks, openBooks } from "./books.ts";
import { type FlowPhase, flowPhase, keptUp, type OrdersPhase, ordersPhase, products, warmUp } from "./phases.ts";
import { fullPlan, type Plan, quickPlan } from "./plan.ts";
import { flowLine, markdown, ordersLine } from "./report.ts";
import { identity, type Results, readResults } from "./results.ts";
import { runningTarget, startTarget, type Target } from "./target.ts";

const help = `npm run bench [-- --quick] [--only orders|flow|overload] [--replicas N] [--before FILE] [--profile]
                 [--data FOLDER] [--out FOLDER]

  --quick        a couple of minutes instead of ten
  --data FOLDER  measure the stack that runs on this folder, started with MENU_FILE=proof/bench/menu.json
                 and --no-limits, instead of two of our own (with sidecars and without)
  --out FOLDER   where bench.json and bench.md go (default .data/bench)
  --only         one part alone
  --replicas N, GORDER_REPLICAS   so many processes of each service, 1 to ${mostReplicas} (default 1); more than one
                 only with sidecars
  --before FILE  the bench.json of an earlier run, whose numbers stand beside the new ones
  --profile      leave a CPU profile of each service in the --out folder, for the developer tools of Chrome; slower`;

const parts = ["orders", "flow", "overload"];

type Open = { target: Target; books: OpenBooks };

const open = (target: Target): Open => ({ target, books: openBooks(target, products) });

async function measurePhase({ target, books }: Open, rate: number, seconds: number): Promise<FlowPhase> {
  const phase = await flowPhase(target, books, rate, seconds);
  say(flowLine(phase));
  return phase;
}

/** The whole way ever faster, as far as the system keeps up and one step beyond. */
async function measureFlow(stack: Open, { rates, seconds }: Plan["flow"]): Promise<FlowPhase[]> {
  const phases: FlowPhase[] = [];
  for (const rate of rates) {
    const phase = await measurePhase(stack, rate, seconds);
    phases.push(phase);
    if (!keptUp(phase)) break;
  }
  return phases;
}

/** Every level of load, on each stack in turn, so that what else the machine does hits them alike. */
async function measureOrders(stacks: readonly Open[], plan: Plan): Promise<OrdersPhase[]> {
  const phases: OrdersPhase[] = [];
  const { connections, seconds } = plan.warmUp;
  say("  warming up …");
  for (const { target, books } of stacks) await ordersPhase(target, books, connections, seconds);
  for (let round = 0; round < plan.rounds; round++) {
    const inTurn = round % 2 === 0 ? stacks : [...stacks].reverse();
    for (const connections of plan.connections) {
      for (const { target, books } of inTurn) {
        const phase = await ordersPhase(target, books, connections, plan.ordersSeconds);
        phases.push(phase);
        say(ordersLine(phase));
      }
    }
  }
  return phases;
}

async function main(): Promise<void> {
  const { values } = readWords(help, {
    options: {
      quick: { type: "boolean" },
      data: { type: "string" },
      out: { type: "string", default: ".data/bench" },
      only: { type: "string" },
      before: { type: "string" },
      profile: { type: "boolean", default: false },
      replicas: { type: "string", default: process.env.GORDER_REPLICAS ?? "1" },
    },
  });
  const { only, profile, out } = values;
  if (only !== undefined && !parts.includes(only)) throw new Error(`--only ${only}: there are ${parts.join(", ")}`);
  const replicas = Number(values.replicas);
  demandReplicas(replicas);
  if (profile && values.data) throw new Error("--profile starts a stack of its own: leave --data out");
  const wants = (part: string) => only === undefined || only === part;
  const before = values.before === undefined ? undefined : readResults(values.before);
  const plan = values.quick ? quickPlan : fullPlan;
  const stacks: Open[] = [];
  const begun = Date.now();
  const stopAll = () => void Promise.all(stacks.map(({ target }) => target.stop())).finally(() => process.exit(130));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stopAll);
  try {
    if (!values.data) await build();
    mkdirSync(out, { recursive: true });
    const first = open(
      values.data
        ? runningTarget(values.data)
        : await startTarget("sidecars", { replicas, ...(profile && { profileFolder: resolve(out) }) }),
    );
    stacks.push(first);
    if (wants("flow") || wants("overload")) {
      say(`  warming up with ${plan.warmUp.orders} orders …`);
      await warmUp(first.target, first.books, plan.warmUp.orders);
    }
    const flow = wants("flow") ? await measureFlow(first, plan.flow) : [];
    const { rate, seconds: long } = plan.overload;
    const overload = wants("overload") ? { overload: await measurePhase(first, rate, long) } : {};
    // Past the sidecars nobody shares calls out among replicas.
    if (!values.data && wants("orders") && replicas === 1) stacks.push(open(await startTarget("direct")));
    const orders = wants("orders") ? await measureOrders(stacks, plan) : [];
    const quick = values.quick ?? false;
    const at = new Date(begun).toISOString();
    const results: Results = {
      at,
      quick,
      profiled: profile,
      replicas: first.target.urls.length,
      ...identity(),
      flow,
      ...overload,
      orders,
    };
    writeFileSync(join(out, "bench.json"), `${JSON.stringify(results, null, 2)}\n`);
    const report = markdown(results, before);
    writeFileSync(join(out, "bench.md"), report.text);
    say(`\n${report.text}\n  ${out}/bench.md and bench.json, after ${seconds(begun)}`);
    if (!report.sound) process.exitCode = 1;
  } finally {
    for (const { target, books } of stacks) {
      await books.close();
      await target.stop();
    }
  }
}

await main().catch(endWith);
process.exit();
