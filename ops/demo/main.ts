import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { readConfig } from "#common/config";
import { silentLogger } from "#common/logging";
import { startEmbedded } from "../../services/embedded.ts";
import { say } from "../command/say.ts";
import { demandUrl, endWith, readWords, WrongWord } from "../command/words.ts";
import { Guest, type GuestOrder } from "./guest.ts";
import { demandGorder, findRunning } from "./running.ts";

const patienceMs = 60_000;

const help = `npm run demo [-- URL]

  One order from the menu to ready, at what runs here, or at a URL such as http://localhost:8080. Where nothing runs,
  Gorder is started for it in the same process.

  PORT           where \`npm start\` was told to listen (default 8080)
  COOK_SECONDS   how long the meal takes where nothing runs (default 5)`;

const settings = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535).default(8080),
  COOK_SECONDS: z.coerce.number().min(0).max(3_600).default(5),
});

/** `npm run demo [-- URL]`: one order from the menu to ready; the exit code is 0 only if it got there. */
async function main(): Promise<void> {
  const [given, more] = readWords(help, { allowPositionals: true }).positionals;
  if (more !== undefined) throw new WrongWord(`One URL is enough: "${more}" is too much`);
  const { COOK_SECONDS: cookSeconds } = readConfig(settings, process.env);
  const named = given === undefined ? undefined : demandUrl(given);
  if (named !== undefined) await demandGorder(named);
  const running = named ?? (await findRunning());
  const embedded = running
    ? undefined
    : await startEmbedded({
        port: 0,
        cooks: 4,
        cookSeconds,
        logger: () => silentLogger,
      });
  const url = running ?? embedded?.url ?? "";
  say(running ? `Ordering at ${url}` : `Nothing is running: Gorder starts in this process, at ${url}`);
  try {
    await orderAndFollow(url);
  } finally {
    await embedded?.close();
  }
}

async function orderAndFollow(url: string): Promise<void> {
  const guest = await Guest.arrive(url).catch((cause) => {
    throw new Error(`Nobody takes orders at ${url}: ${cause.message}`, { cause });
  });
  const placed = await guest.order(2);
  say(`  order ${placed.id}: ${placed.items.map(({ name, quantity }) => `${quantity} × ${name}`).join(", ")}`);
  const shown = new Set<string>();
  let paid = false;
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await wait(100)) {
    const order = await guest.look(placed.id);
    show(order, shown);
    if (order.status === "ready") return say("  The meal is ready.");
    if (order.status === "cancelled" || order.status === "refunded") throw new Error(`The order was ${order.status}`);
    if (order.paymentLink && !paid) {
      paid = true;
      await guest.pay(order.paymentLink);
    }
  }
  throw new Error(`The order was not ready after ${patienceMs / 1000} s; it got to: ${[...shown].join(", ")}`);
}

/** Prints the steps that are new, with the time since the order was placed. */
function show({ history }: GuestOrder, shown: Set<string>): void {
  const start = Date.parse(history[0]?.at ?? "");
  for (const { status, at, by } of history) {
    if (shown.has(status)) continue;
    shown.add(status);
    const ms = String(Date.parse(at) - start).padStart(6);
    say(`  ${at}  +${ms} ms  ${status.replaceAll("_", " ").padEnd(20)} by ${by}`);
  }
}

main().catch(endWith);
