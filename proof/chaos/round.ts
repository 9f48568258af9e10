import { setTimeout as delay } from "node:timers/promises";
import type { Fault } from "./fault.ts";
import { type Findings, findingsOf, fresh } from "./findings.ts";
import { type Attempt, type Load, startLoad } from "./load.ts";
import type { System } from "./system.ts";

/** How hard and how long. */
export type Plan = {
  /** Guests a second. */
  readonly rate: number;
  /** Of load before the fault, while it lasts, and after its end. */
  readonly before: number;
  readonly during: number;
  readonly after: number;
};

/** What one fault did to the system under load. */
export type Row = {
  readonly fault: string;
  readonly rate: number;
  readonly seconds: number;
  readonly replicas: number;
  /** Guests who were told that their order was accepted, who were refused for good, and who gave up. */
  readonly orders: number;
  readonly refused: number;
  readonly gaveUp: number;
  readonly retries: number;
  /** What orders sent and answered while the fault lasted were answered: how often, and the slowest, in ms. */
  readonly meanwhile: Readonly<Record<number, { readonly times: number; readonly slowest: number }>>;
  readonly findings: Findings;
  /** From the fault's end to the first order accepted, and until nothing was under way; ms. Undefined: never. */
  readonly recovered: number | undefined;
  readonly quiet: number | undefined;
  readonly problems: readonly string[];
};

/** How long everything may take to come to its end after the last guest left. */
const patienceMs = 120_000;

/** So many there are of what every fourth guest wants, in each round. */
const scarceUnits = 20;

const nothing = { oversold: [], charged: [], withoutEnd: [] };

/** One fault under load: guests come, it begins, it ends, all becomes quiet, the books are compared. */
export async function round(system: System, fault: Fault, plan: Plan): Promise<Row> {
  const during = fault.seconds ?? plan.during;
  const seconds = plan.before + during + (fault.takes ?? 0) + plan.after;
  await system.restock(scarceUnits);
  const load = startLoad(system, plan.rate, seconds);
  // Awaited at the end; until then it must not be an unhandled one.
  load.done.catch(() => {});
  await firstAccepted(load);
  await delay(plan.before * 1000);
  const begun = Date.now();
  await fault.begin(system);
  const struck = Date.now();
  await delay(during * 1000);
  const found = (await fault.problems?.(system)) ?? [];
  const ended = Date.now();
  await fault.end(system);
  // An end that took longer than was planned for has outlived its guests: others come, or nobody sees that it is over.
  const late = load.isOver() ? startLoad(system, plan.rate, plan.after) : undefined;
  await Promise.all([load.done, late?.done]);
  const attempts = [...load.attempts, ...(late?.attempts ?? [])];
  const guests = [...load.guests, ...(late?.guests ?? [])];
  const told = guests.flatMap(({ id }) => id ?? []);
  const { at: quietAt, findings } = await atRest(system, told);
  const meanwhile = answers(attempts.filter(({ sent, ms }) => sent >= struck && sent + ms < ended));
  return {
    fault: fault.name,
    rate: plan.rate,
    seconds: Math.round((Date.now() - begun) / 1000),
    replicas: system.replicas,
    orders: told.length,
    refused: guests.filter(({ refused }) => refused !== undefined).length,
    gaveUp: guests.filter(({ id, refused }) => id === undefined && refused === undefined).length,
    retries: guests.reduce((sum, { tries }) => sum + Math.max(0, tries - 1), 0),
    meanwhile,
    findings,
    recovered: firstAnswer(attempts, ended),
    quiet: quietAt && quietAt - ended,
    problems: [...wrongAnswers(meanwhile, fault.meanwhile), ...found],
  };
}

/** Everything that must not be, in words. */
export function violations({ findings, problems, quiet, recovered, gaveUp }: Row): string[] {
  return [
    ...Object.values(findings).flat(),
    ...problems,
    ...(gaveUp > 0 ? [`${gaveUp} guests gave up`] : []),
    ...(recovered === undefined ? ["no order was accepted any more"] : []),
    ...(quiet === undefined ? ["it did not become quiet"] : []),
  ];
}

/** What guests may be told at all while something is wrong; 0 is no answer in time, there to be read only. */
const allowed = ["0", "201", "409", "503"];

/**
 * What is wrong with the answers that guests got. Where one answer is wanted, one in ten may still be another one that
 * is allowed: a busy machine runs out of time.
 */
export function wrongAnswers(meanwhile: Row["meanwhile"], wanted?: 201 | 503): string[] {
  const told = Object.entries(meanwhile).map(([status, { times }]) => ({ status, times }));
  const sum = (all: typeof told) => all.reduce((total, { times }) => total + times, 0);
  const strange = told.filter(({ status }) => !allowed.includes(status));
  const others = told.filter(({ status }) => wanted && allowed.includes(status) && !fits(status, wanted));
  const wrong = [...strange, ...(sum(others) * 10 > sum(told) ? others : [])];
  return [
    ...wrong.map(
      ({ status }) => `orders were answered ${status} meanwhile, not ${wanted ?? allowed.slice(1).join(", ")}`,
    ),
    ...(wanted && !meanwhile[wanted] ? [`no order was answered ${wanted} meanwhile`] : []),
  ];
}

/** Out of stock is always a right answer. */
function fits(status: string, wanted: 201 | 503): boolean {
  return [String(wanted), "409", "0"].includes(status);
}

async function firstAccepted({ attempts, isOver }: Load): Promise<void> {
  while (!attempts.some(({ status }) => status === 201)) {
    if (isOver()) throw new Error("no order was accepted before the fault");
    await delay(100);
  }
}

/**
 * Waits until the books are at rest and balance. What is still wrong when patience ends is found, and not waited for
 * by the rounds that follow.
 */
async function atRest({ books, known }: System, told: readonly string[]): Promise<{ at?: number; findings: Findings }> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const findings = await books.read().then(
      (read) => fresh(findingsOf(read, told), known),
      (error: Error) => ({ lost: [`the books cannot be read: ${error.message}`], ...nothing }),
    );
    const all = Object.values(findings).flat();
    if (all.length === 0) return { at: Date.now(), findings };
    if (Date.now() > deadline) {
      for (const finding of all) known.add(finding);
      return { findings };
    }
    await delay(1000);
  }
}

function answers(attempts: readonly Attempt[]): Row["meanwhile"] {
  const found: Record<number, { times: number; slowest: number }> = {};
  for (const { status, ms } of attempts) {
    const { times, slowest } = found[status] ?? { times: 0, slowest: 0 };
    found[status] = { times: times + 1, slowest: Math.max(slowest, ms) };
  }
  return found;
}

function firstAnswer(attempts: readonly Attempt[], since: number): number | undefined {
  const accepted = attempts.filter(({ sent, ms, status }) => status === 201 && sent + ms >= since);
  return accepted.length === 0 ? undefined : Math.min(...accepted.map(({ sent, ms }) => sent + ms)) - since;
}
