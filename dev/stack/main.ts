import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { say, seconds } from "../../ops/command/say.ts";
import { endWith, readWords } from "../../ops/command/words.ts";
import { readMenu } from "../../services/stock/menu.ts";
import { build } from "../build/build.ts";
import { misspeltNotice } from "../misspelt.ts";
import { queueTypeFrom } from "./components.ts";
import type { Fleet } from "./fleet.ts";
import { demandReadable, handedOn, stackSettings } from "./handedOn.ts";
import { menuNotice } from "./menuFile.ts";
import { noLimits, root } from "./parts/services.ts";
import { mostReplicas, portsFrom } from "./ports.ts";
import { showAnswers } from "./showAnswers.ts";
import { type Stack, type StackOptions, startStack } from "./stack.ts";

const help = `npm run stack [-- --direct] [--replicas N] [--observe] [--no-limits]   everything for real on this machine, until Ctrl-C

  --direct                  services call each other without their sidecars (for measuring)
  --replicas N, GORDER_REPLICAS   so many processes of each service, 1 to ${mostReplicas} (default 1)
  --observe                 a Prometheus beside it; some meals, then every dashboard and rule is asked
  --no-limits               guests order as often as they like: for load tests, whose guests share one address
  GORDER_DATA               folder of data, logs and secrets (default .data)
  GORDER_PORT_OFFSET        added to every port; one port: GORDER_PORT_<NAME>, as in GORDER_PORT_RABBITMQ_MANAGEMENT
  GORDER_QUEUE_TYPE         classic or quorum (default classic); a data folder keeps the type that it began with
  TRACE_SAMPLE_RATIO        0..1, share of traces that Zipkin gets (default 1)
  STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET   the real Stripe instead of the stand-in
  KITCHEN_MODE, COOKS, COOK_SECONDS, LOG_LEVEL, MENU_FILE  handed to the services, and so are
                            SHOP_NAME, SHOP_ADDRESS, SHOP_PHONE, SHOP_HOURS, IMAGE_ORIGINS, and
                            the limits that .env.example names, such as ORDERS_PER_MINUTE_PER_ADDRESS`;

function stripeOf(env: NodeJS.ProcessEnv): Pick<StackOptions, "stripe"> {
  if (!env.STRIPE_SECRET_KEY) return {};
  if (!env.STRIPE_WEBHOOK_SECRET)
    throw new Error("STRIPE_SECRET_KEY is set and STRIPE_WEBHOOK_SECRET is not: set it too, as Stripe shows it");
  return { stripe: { secretKey: env.STRIPE_SECRET_KEY, webhookSecret: env.STRIPE_WEBHOOK_SECRET } };
}

type Chosen = {
  readonly direct: boolean;
  readonly replicas: string;
  readonly observe: boolean;
  readonly noLimits: boolean;
};

function optionsOf(env: NodeJS.ProcessEnv, { direct, replicas, observe, noLimits: free }: Chosen): StackOptions {
  return {
    data: env.GORDER_DATA ?? join(root, ".data"),
    ports: portsFrom(env),
    direct,
    observe,
    replicas: Number(replicas),
    queueType: queueTypeFrom(env),
    traceSampleRatio: Number(env.TRACE_SAMPLE_RATIO || 1),
    env: {
      ...(free && noLimits),
      ...handedOn(env),
    },
    tell: (line) => say(`  ${line}`),
    ...stripeOf(env),
  };
}

function showAddresses({ addresses, context }: Stack): void {
  const lines = Object.entries(addresses).map(([name, address]) => `  ${name.padEnd(10)} ${address}`);
  const password = `rabbitmqPassword in ${join(context.data, "secrets.json")}`;
  say(["", ...lines, "", `  RabbitMQ: user gorder, password: ${password}`].join("\n"));
  say(`  logs: ${join(context.data, "log")}   Ctrl-C ends all of it`);
}

/** Its failure is told, and the stack stays, so that one can see why. */
async function askDashboards({ addresses: { page = "", prometheus } }: Stack): Promise<void> {
  if (prometheus === undefined) return;
  say("  some meals, until Prometheus knows what the dashboards ask …");
  const lines = await showAnswers({ page, prometheus }).catch((error: Error) => [`  ${error.message}`]);
  say(lines.join("\n"));
}

/** The first signal ends everything in good order, the second at once. */
function stopOnSignal(fleet: () => Fleet | undefined): Promise<void> {
  return new Promise((resolve) => {
    let signals = 0;
    const onSignal = () => {
      signals += 1;
      if (signals === 1) say("\n  stopping …");
      resolve();
      if (signals > 1) void fleet()?.killAll();
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
  });
}

async function main(): Promise<void> {
  const { values } = readWords(help, {
    options: {
      direct: { type: "boolean", default: false },
      observe: { type: "boolean", default: false },
      "no-limits": { type: "boolean", default: false },
      replicas: { type: "string", default: process.env.GORDER_REPLICAS ?? "1" },
    },
  });
  if (existsSync(join(root, ".env"))) process.loadEnvFile(join(root, ".env"));
  // Before anything is started: a wrong one would be found out by the last that starts.
  demandReadable(process.env);
  if (process.env.MENU_FILE) await readMenu(process.env.MENU_FILE);
  const options = optionsOf(process.env, { ...values, noLimits: values["no-limits"] });
  let fleet: Fleet | undefined;
  let stopped = false;
  const signalled = stopOnSignal(() => fleet).then(async () => {
    stopped = true;
    await fleet?.stop();
  });
  const start = Date.now();
  try {
    await build();
    const stack = await startStack(options, (its) => {
      fleet = its;
    });
    say(`  the servers are up after ${seconds(start)}; starting the services with their sidecars …`);
    await stack.startServices();
    say(`  everything is up after ${seconds(start)}`);
    showAddresses(stack);
    const notice = process.env.MENU_FILE && menuNotice(readFileSync(join(options.data, "log", "stock.log"), "utf8"));
    if (notice) say(`\n  ${notice}`);
    const misspelt = misspeltNotice(process.env, stackSettings);
    if (misspelt) say(`\n  ${misspelt}`);
    await askDashboards(stack);
    await signalled;
    await stack.stop();
  } catch (error) {
    if (!stopped) throw error;
    await signalled;
  }
  say("  everything has ended");
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    endWith(error);
    process.exit();
  },
);
