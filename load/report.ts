import { cpus, totalmem } from "node:os";
import type { Times } from "./k6.ts";
import { type FlowPhase, keptUp, type OrdersPhase, type Phase } from "./phases.ts";
import { targets } from "./plan.ts";
import type { Way } from "./target.ts";
import { cpuSeconds } from "./usage.ts";

/** All that a run measured. */
export type Results = {
  readonly at: string;
  readonly quick: boolean;
  readonly flow: readonly FlowPhase[];
  readonly orders: readonly OrdersPhase[];
};

const whole = (value: number) => String(Math.round(value));
const ms = ({ p50, p95, p99 }: Times) => [p50, p95, p99].map(whole);
const services = ["order", "stock", "payment", "kitchen"];

/** One line for the terminal, as soon as a phase is over. */
export function ordersLine(phase: OrdersPhase): string {
  const { way, connections, perSecond, times } = phase;
  const speed = `${whole(perSecond)} orders/s, p50 p95 p99: ${ms(times).join(" ")} ms`;
  return `  ${way.padEnd(8)} ${String(connections).padStart(3)} connections: ${speed}${rest(phase)}`;
}

export function flowLine(phase: FlowPhase): string {
  const { rate, readyPerSecond, behind, dropped, toReady } = phase;
  const speed = `${readyPerSecond.toFixed(1)} ready/s, ${behind} behind, ${dropped} turned away`;
  return `  flow ${rate}/s: ${speed}, POST to ready p50 p95 p99: ${ms(toReady).join(" ")} ms${rest(phase)}`;
}

function rest({ failed, quietAfterSeconds, findings }: Phase): string {
  const problems = findings.length > 0 ? `; DOES NOT ADD UP: ${findings.join("; ")}` : "";
  return `, ${failed} failed, quiet after ${quietAfterSeconds.toFixed(1)} s${problems}`;
}

type Row = readonly (string | number)[];

function table(head: Row, rows: readonly Row[]): string {
  const line = (row: Row) => `| ${row.join(" | ")} |`;
  const rule = `| ${head.map((_, column) => (column === 0 ? "---" : "---:")).join(" | ")} |`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}

const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / (values.length || 1);

/** The rounds of one level together: speeds and times are averages over the rounds. */
function level(phases: readonly OrdersPhase[], way: Way, connections: number) {
  const rounds = phases.filter((phase) => phase.way === way && phase.connections === connections);
  if (rounds.length === 0) return undefined;
  const times = { p50: 0, p95: 0, p99: 0 };
  for (const name of ["p50", "p95", "p99"] as const) times[name] = average(rounds.map((phase) => phase.times[name]));
  const cpu = rounds.reduce((sum, { untilQuiet }) => sum + cpuSeconds(untilQuiet, (part) => part !== "k6"), 0);
  const accepted = rounds.reduce((sum, phase) => sum + phase.accepted, 0);
  return { perSecond: average(rounds.map((phase) => phase.perSecond)), times, perCpuSecond: accepted / cpu };
}

function ordersTable(phases: readonly OrdersPhase[]): string {
  const rows = [...new Set(phases.map(({ connections }) => connections))].map((connections) => {
    const through = level(phases, "sidecars", connections);
    const direct = level(phases, "direct", connections);
    const cells = [through, direct].flatMap((one) =>
      one ? [whole(one.perSecond), ms(one.times).join(" / "), whole(one.perCpuSecond)] : ["", "", ""],
    );
    const share = through && direct ? `${whole((100 * through.perSecond) / direct.perSecond)} %` : "";
    return [connections, ...cells, share];
  });
  const columns = ["orders/s", "p50 / p95 / p99 ms", "orders per CPU-second"];
  return table(["connections", ...columns, ...columns.map((name) => `direct: ${name}`), "of direct"], rows);
}

function flowTable(phases: readonly FlowPhase[]): string {
  const rows = phases.map((phase) => {
    const { rate, readyPerSecond, behind, dropped, toPayment, fromPayment, toReady, accepted, untilQuiet } = phase;
    const cpu = cpuSeconds(untilQuiet, (part) => part !== "k6");
    const spans = [toPayment, fromPayment, toReady].map((times) => ms(times).join(" / "));
    return [`${rate}/s`, readyPerSecond.toFixed(1), behind, dropped, ...spans, whole(accepted / cpu)];
  });
  const spans = ["POST to waiting for payment", "payment to ready", "POST to ready"].map((name) => `${name}, ms`);
  return table(["guests", "ready/s", "behind", "turned away", ...spans, "orders per CPU-second"], rows);
}

/** What an order costs in each part, from its POST until nothing was left to do. */
function partsTable(phases: readonly Phase[]): string {
  const last = (way: Way, isFlow: boolean) =>
    phases.filter((one) => one.way === way && "rate" in one === isFlow).at(-1);
  const columns = [
    ["flow", last("sidecars", true)],
    ["orders", last("sidecars", false)],
    ["orders, direct", last("direct", false)],
  ] as const;
  const shown = columns.flatMap(([name, phase]) => (phase ? [[name, phase] as const] : []));
  const parts = [...new Set(shown.flatMap(([, { untilQuiet }]) => Object.keys(untilQuiet)))].filter(
    (part) => part !== "epmd",
  );
  const rows = parts.map((part) => [
    part,
    ...shown.flatMap(([, { untilQuiet, accepted }]) => {
      const used = untilQuiet[part];
      if (!used) return ["", "", ""];
      return [
        used.cpuSeconds.toFixed(1),
        ((1000 * used.cpuSeconds) / accepted).toFixed(2),
        `${whole(used.peakMb)} / ${whole(used.endMb)}`,
      ];
    }),
  ]);
  const head = shown.flatMap(([name]) => [`${name}: CPU s`, "CPU ms per order", "peak / end MB"]);
  return table(["part", ...head], rows);
}

/** What was aimed at and what came out; only what must never fail decides whether the run is sound. */
function verdicts({ orders, flow }: Results): { text: string; sound: boolean } {
  const phases: readonly Phase[] = [...flow, ...orders];
  const findings = phases.flatMap((phase) => phase.findings);
  const attempts = phases.reduce((sum, { accepted, failed }) => sum + accepted + failed, 0);
  const failed = phases.reduce((sum, phase) => sum + phase.failed, 0);
  const oversold = phases.flatMap((phase) => phase.missed).filter((name) => name.startsWith("units_oversold"));
  const through = orders.filter(({ way }) => way === "sidecars");
  const fastest = through
    .filter(({ times }) => times.p95 < targets.p95Ms)
    .reduce((most, { perSecond }) => Math.max(most, perSecond), 0);
  const shares = [...new Set(through.map(({ connections }) => connections))].flatMap((connections) => {
    const [one, other] = [level(orders, "sidecars", connections), level(orders, "direct", connections)];
    return one && other ? [one.perSecond / other.perSecond] : [];
  });
  const sustained = flow.filter(keptUp).reduce((most, { rate }) => Math.max(most, rate), 0);
  const memory = services.map((name) => Math.max(...phases.map(({ untilQuiet }) => untilQuiet[name]?.peakMb ?? 0)));
  const rows: [string, string, boolean, "must" | "aim"][] = [
    [
      "nothing oversold, no order lost, the ledgers add up",
      findings[0] ?? "so it is",
      findings.length + oversold.length === 0,
      "must",
    ],
    ["attempts that failed: under 0.1 %", `${failed} of ${attempts}`, failed < attempts / 1000, "must"],
    [
      `${targets.ordersPerSecond} orders/s at p95 under ${targets.p95Ms} ms, through the sidecars`,
      `${whole(fastest)}/s`,
      fastest >= targets.ordersPerSecond,
      "aim",
    ],
    [
      `${100 * targets.shareOfDirect} % of the speed without sidecars`,
      shares.map((share) => `${whole(100 * share)} %`).join(", "),
      shares.every((share) => share >= targets.shareOfDirect),
      "aim",
    ],
    [
      `${targets.flowPerSecond} orders/s from POST to ready`,
      `${sustained}/s`,
      sustained >= targets.flowPerSecond,
      "aim",
    ],
    [
      `under ${targets.serviceMb} MB a service`,
      services.map((name, at) => `${name} ${whole(memory[at] ?? 0)}`).join(", "),
      memory.every((mb) => mb < targets.serviceMb),
      "aim",
    ],
  ];
  const text = table(
    ["threshold", "measured", "met"],
    rows.map(([name, got, met, kind]) => [name, got, met ? "yes" : kind === "must" ? "**NO**" : "no"]),
  );
  return { text, sound: rows.every(([, , met, kind]) => met || kind === "aim") };
}

/** The report as a page, and whether what must hold held. */
export function markdown(results: Results): { text: string; sound: boolean } {
  const { text: judged, sound } = verdicts(results);
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${whole(totalmem() / 1e9)} GB, everything on it`;
  const sections = [
    `# Speed, ${results.at.slice(0, 16)}${results.quick ? " (quick)" : ""}\n\n${machine}.`,
    judged,
    ...(results.orders.length > 0 ? [`## Orders accepted\n\n${ordersTable(results.orders)}`] : []),
    ...(results.flow.length > 0 ? [`## From the order to the meal\n\n${flowTable(results.flow)}`] : []),
    `## What each part used\n\nThe last phase of each kind, until nothing was left to do.\n\n${partsTable([...results.flow, ...results.orders])}`,
  ];
  return { text: `${sections.join("\n\n")}\n`, sound };
}
