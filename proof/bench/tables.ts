import type { Times } from "../../ops/load/k6.ts";
import type { FlowPhase, OrdersPhase, Phase } from "./phases.ts";
import type { Way } from "./target.ts";
import { cpuSeconds, isOurs, isService } from "./usage.ts";

const whole = (value: number) => String(Math.round(value));
const ms = ({ p50, p95, p99 }: Times) => [p50, p95, p99].map(whole).join(" / ");

type Row = readonly (string | number)[];

/** A table in Markdown; the first column is text, the others are numbers. */
export function table(head: Row, rows: readonly Row[]): string {
  const line = (row: Row) => `| ${row.join(" | ")} |`;
  const rule = `| ${head.map((_, column) => (column === 0 ? "---" : "---:")).join(" | ")} |`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}

const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / (values.length || 1);

/** The rounds of one level together: speeds and times are averages over the rounds. */
export function level(phases: readonly OrdersPhase[], way: Way, connections: number) {
  const rounds = phases.filter((phase) => phase.way === way && phase.connections === connections);
  if (rounds.length === 0) return undefined;
  const times = { p50: 0, p95: 0, p99: 0 };
  for (const name of ["p50", "p95", "p99"] as const) times[name] = average(rounds.map((phase) => phase.times[name]));
  const cpu = rounds.reduce((sum, { untilQuiet }) => sum + cpuSeconds(untilQuiet, (part) => part !== "k6"), 0);
  const accepted = rounds.reduce((sum, phase) => sum + phase.accepted, 0);
  return { perSecond: average(rounds.map((phase) => phase.perSecond)), times, perCpuSecond: accepted / cpu };
}

/** How fast orders were accepted, through the sidecars and without them. */
export function ordersTable(phases: readonly OrdersPhase[]): string {
  const rows = [...new Set(phases.map(({ connections }) => connections))].map((connections) => {
    const through = level(phases, "sidecars", connections);
    const direct = level(phases, "direct", connections);
    const cells = [through, direct].flatMap((one) =>
      one ? [whole(one.perSecond), ms(one.times), whole(one.perCpuSecond)] : ["", "", ""],
    );
    const share = through && direct ? `${whole((100 * through.perSecond) / direct.perSecond)} %` : "";
    return [connections, ...cells, share];
  });
  const columns = ["orders/s", "p50 / p95 / p99 ms", "orders per CPU-second"];
  return table(["connections", ...columns, ...columns.map((name) => `direct: ${name}`), "of direct"], rows);
}

/** How fast guests got their meals; the overload last. */
export function flowTable(phases: readonly FlowPhase[]): string {
  const rows = phases.map((phase) => {
    const { rate, readyPerSecond, behind, dropped, refused, toPayment, fromPayment, toReady } = phase;
    const spans = [toPayment, fromPayment, toReady].map(ms);
    return [`${rate}/s`, readyPerSecond.toFixed(1), behind, dropped, refused, ...spans];
  });
  const spans = ["POST to waiting for payment", "payment to ready", "POST to ready"].map((name) => `${name}, ms`);
  return table(["guests", "ready/s", "behind", "no room in k6", "refused", ...spans], rows);
}

const others = ["mongodb", "standin", "k6"];
const isServer = (part: string) => !isOurs(part) && !others.includes(part);
const groups: readonly (readonly [string, (part: string) => boolean])[] = [
  ["**ours**", isOurs],
  ["services", isService],
  ["sidecars", (part) => part.endsWith("-dapr")],
  ["servers", isServer],
  ["MongoDB (or FerretDB in its place)", (part) => part === "mongodb"],
  ["who plays Stripe", (part) => part === "standin"],
  ["**all of these**", (part) => part !== "k6"],
  ["who plays the guests (k6)", (part) => part === "k6"],
];

/** CPU milliseconds an order from its POST until nothing was left to do: what is ours, what serves it, who plays whom. */
export function costTable(phases: readonly (readonly [string, Phase])[]): string {
  const cost = (counts: (part: string) => boolean) =>
    phases.map(([, { untilQuiet, accepted }]) => ((1_000 * cpuSeconds(untilQuiet, counts)) / accepted).toFixed(1));
  const parts = [...new Set(phases.flatMap(([, { untilQuiet }]) => Object.keys(untilQuiet)))];
  const single = parts.filter((part) => part !== "epmd" && (isOurs(part) || isServer(part)));
  const rows = [...groups, ...single.map((name) => [name, (part: string) => part === name] as const)];
  return table(
    ["CPU ms an order", ...phases.map(([name]) => name)],
    rows.map(([name, counts]) => [name, ...cost(counts)]),
  );
}

/** The most memory that each part had, and what it had at the end, in MB. */
export function memoryTable(phases: readonly (readonly [string, Phase])[]): string {
  const parts = [...new Set(phases.flatMap(([, { untilQuiet }]) => Object.keys(untilQuiet)))];
  const rows = parts.map((part) => [
    part,
    ...phases.map(([, { untilQuiet }]) => {
      const used = untilQuiet[part];
      return used ? `${whole(used.peakMb)} / ${whole(used.endMb)}` : "";
    }),
  ]);
  return table(["peak / end MB", ...phases.map(([name]) => name)], rows);
}
