import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "../tools/build.ts";
import { say, seconds } from "../tools/programs/say.ts";
import { type OpenBooks, openBooks } from "./books.ts";
import { type FlowPhase, flowPhase, keptUp, type OrdersPhase, ordersPhase, products } from "./phases.ts";
import { fullPlan, type Plan, quickPlan } from "./plan.ts";
import { flowLine, markdown, ordersLine, type Results } from "./report.ts";
import { runningTarget, startTarget, type Target } from "./target.ts";

const help = `npm run bench [-- --quick] [--data FOLDER] [--out FOLDER] [--only orders|flow]

  --quick        a couple of minutes instead of ten
  --data FOLDER  measure the stack that runs on this folder, started with MENU_FILE=load/menu.json,
                 instead of two of our own (with sidecars and without)
  --out FOLDER   where bench.json and bench.md go (default .data/bench)
  --only         one part alone`;

type Open = { target: Target; books: OpenBooks };

const open = (target: Target): Open => ({ target, books: openBooks(target, products) });

/** The flow at a rate that asks nothing of the system, then ever faster, as far as it keeps up. */
async function measureFlow({ target, books }: Open, { warmUp, low, flow }: Plan): Promise<FlowPhase[]> {
  const phases: FlowPhase[] = [];
  const measure = async (rate: number, seconds: number) => {
    const phase = await flowPhase(target, books, rate, seconds);
    phases.push(phase);
    say(flowLine(phase));
    return keptUp(phase);
  };
  say("  warming up …");
  await flowPhase(target, books, warmUp.rate, warmUp.seconds);
  await measure(low.rate, low.seconds);
  const wanted = flow.rates.at(-1) ?? 0;
  for (const rate of flow.rates.slice(0, -1)) if (!(await measure(rate, flow.stepSeconds))) break;
  await measure(wanted, flow.lastSeconds);
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
  const { values } = parseArgs({
    options: {
      quick: { type: "boolean" },
      data: { type: "string" },
      out: { type: "string", default: ".data/bench" },
      only: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return say(help);
  const plan = values.quick ? quickPlan : fullPlan;
  const stacks: Open[] = [];
  const begun = Date.now();
  const interrupted = () =>
    void Promise.all(stacks.map(({ target }) => target.stop())).finally(() => process.exit(130));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, interrupted);
  try {
    if (!values.data) await build();
    stacks.push(open(values.data ? runningTarget(values.data) : await startTarget("sidecars")));
    const [first] = stacks;
    const flow = values.only === "orders" || !first ? [] : await measureFlow(first, plan);
    if (!values.data && values.only !== "flow") stacks.push(open(await startTarget("direct")));
    const orders = values.only === "flow" ? [] : await measureOrders(stacks, plan);
    const results: Results = { at: new Date(begun).toISOString(), quick: values.quick ?? false, flow, orders };
    mkdirSync(values.out, { recursive: true });
    writeFileSync(join(values.out, "bench.json"), `${JSON.stringify(results, null, 2)}\n`);
    const report = markdown(results);
    writeFileSync(join(values.out, "bench.md"), report.text);
    say(`\n${report.text}\n  ${values.out}/bench.md and bench.json, after ${seconds(begun)}`);
    if (!report.sound) process.exitCode = 1;
  } finally {
    for (const { target, books } of stacks) {
      await books.close();
      await target.stop();
    }
  }
}

await main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
process.exit();
