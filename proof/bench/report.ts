import type { Times } from "../../ops/load/k6.ts";
import { type Aim, aims, isMet } from "./aims.ts";
import type { FlowPhase, OrdersPhase, Phase } from "./phases.ts";
import type { Results } from "./results.ts";
import { costTable, flowTable, memoryTable, ordersTable, table } from "./tables.ts";

const whole = (value: number) => String(Math.round(value));
const ms = ({ p50, p95, p99 }: Times) => [p50, p95, p99].map(whole).join(" ");

/** One line for the terminal, as soon as a phase is over. */
export function ordersLine(phase: OrdersPhase): string {
  const { way, connections, perSecond, times } = phase;
  const speed = `${whole(perSecond)} orders/s, p50 p95 p99: ${ms(times)} ms`;
  return `  ${way.padEnd(8)} ${String(connections).padStart(3)} connections: ${speed}${rest(phase)}`;
}

/** The same for guests who stay until their meal is ready. */
export function flowLine(phase: FlowPhase): string {
  const { rate, readyPerSecond, behind, dropped, refused, toReady } = phase;
  const away = `${refused} refused, ${dropped} without room in k6`;
  const speed = `${readyPerSecond.toFixed(1)} ready/s, ${behind} behind, ${away}`;
  return `  flow ${rate}/s: ${speed}, POST to ready p50 p95 p99: ${ms(toReady)} ms${rest(phase)}`;
}

function rest({ failed, quietAfterSeconds, findings }: Phase): string {
  const problems = findings.length > 0 ? `; DOES NOT ADD UP: ${findings.join("; ")}` : "";
  return `, ${failed} failed, quiet after ${quietAfterSeconds.toFixed(1)} s${problems}`;
}

function shown({ unit }: Aim, value: number | undefined): string {
  if (value === undefined) return "–";
  return `${value >= 100 ? whole(value) : Number(value.toFixed(1))} ${unit}`;
}

/** Every aim with what came out, and what came out before. */
function aimsTable(now: Results, before: Results | undefined): string {
  const rows = aims.map((aim) => {
    const value = aim.measured(now);
    const met = isMet(aim, value);
    const aimed = [aim.reach, aim.beyond].map((wanted) => (wanted === undefined ? "" : shown(aim, wanted)));
    const verdict = met === undefined ? "" : met ? "yes" : "no";
    return [aim.name, ...(before ? [shown(aim, aim.measured(before))] : []), shown(aim, value), ...aimed, verdict];
  });
  return table(["", ...(before ? ["before"] : []), before ? "after" : "now", "to reach", "beyond", "reached"], rows);
}

function origin({
  at,
  machine = "a machine",
  commit = "?",
  node = "?",
  quick,
  profiled,
  replicas = 1,
}: Results): string {
  const many = replicas > 1 ? `${replicas} of each service` : "";
  const manner = [quick ? "quick" : "", many, profiled ? "profiled, which slows the services" : ""].filter(Boolean);
  const how = manner.length > 0 ? ` (${manner.join(", ")})` : "";
  return `${at.slice(0, 16)}Z, ${machine}, everything on it, commit ${commit}, Node ${node}${how}`;
}

/** What must never fail, in words; nothing when all is sound. */
function faults(phases: readonly Phase[]): string[] {
  const attempts = phases.reduce((sum, { accepted, failed }) => sum + accepted + failed, 0);
  const failed = phases.reduce((sum, phase) => sum + phase.failed, 0);
  return [
    ...phases.flatMap(({ findings }) => findings),
    ...phases.flatMap(({ missed }) => missed).filter((name) => name.startsWith("units_oversold")),
    ...(failed < attempts / 1_000 || failed === 0 ? [] : [`${failed} of ${attempts} attempts failed`]),
  ];
}

/** The report as a page, with the earlier run's numbers beside it if there is one, and whether what must hold held. */
export function markdown(results: Results, before?: Results): { text: string; sound: boolean } {
  const { flow, overload, orders } = results;
  const way = [...flow, ...(overload ? [overload] : [])];
  const last = (wanted: string) => orders.filter((phase) => phase.way === wanted).at(-1);
  const columns = [
    ...way.map((phase) => [`${phase.rate}/s`, phase] as const),
    ...[["orders", last("sidecars")] as const, ["orders, direct", last("direct")] as const].flatMap(([name, phase]) =>
      phase ? [[name, phase] as const] : [],
    ),
  ];
  const found = faults([...way, ...orders]);
  const sections = [
    `# Speed\n\n${before ? `Before: ${origin(before)}.\n\nAfter: ` : ""}${origin(results)}.`,
    aimsTable(results, before),
    found.length === 0
      ? "Nothing was oversold, no accepted order was lost, and the ledger balances after each phase."
      : `**DOES NOT HOLD**: ${found.join("; ")}.`,
    ...(way.length > 0 ? [`## From the order to the meal\n\n${flowTable(way)}`] : []),
    ...(orders.length > 0 ? [`## Orders accepted\n\n${ordersTable(orders)}`] : []),
    `## What each part used\n\nUntil nothing was left to do.\n\n${costTable(columns)}\n\n${memoryTable(columns)}`,
  ];
  return { text: `${sections.join("\n\n")}\n`, sound: found.length === 0 };
}
