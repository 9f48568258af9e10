import { type FlowPhase, keptUp, type Phase } from "./phases.ts";
import type { Results } from "./results.ts";
import { cpuSeconds, isOurs, isService } from "./usage.ts";

/** What a run came to in one number, and what it should come to; nothing where it was not measured. */
export type Aim = {
  readonly name: string;
  readonly unit: string;
  readonly reach?: number;
  readonly beyond?: number;
  /** More is better. */
  readonly more?: boolean;
  readonly measured: (results: Results) => number | undefined;
};

const at =
  (rate: number, number: (phase: FlowPhase) => number) =>
  ({ flow }: Results): number | undefined => {
    const phase = flow.find((one) => one.rate === rate);
    return phase && number(phase);
  };

const cpuOf =
  (counts: (part: string) => boolean) =>
  ({ untilQuiet, accepted }: Phase): number =>
    (1_000 * cpuSeconds(untilQuiet, counts)) / accepted;

/** CPU milliseconds an order, of everything but who plays the guests. */
const everything = cpuOf((part) => part !== "k6");
const ours = cpuOf(isOurs);

/** Orders a second that were kept up with. */
export function sustained({ flow }: Results): number | undefined {
  return flow.length === 0 ? undefined : flow.filter(keptUp).reduce((most, { rate }) => Math.max(most, rate), 0);
}

function accepted128({ orders }: Results): number | undefined {
  const rounds = orders.filter(({ way, connections }) => way === "sidecars" && connections === 128);
  return rounds.length > 0 ? rounds.reduce((sum, { perSecond }) => sum + perSecond, 0) / rounds.length : undefined;
}

function shareUnderOverload(results: Results): number | undefined {
  const [most, { overload }] = [sustained(results), results];
  return most && overload ? (100 * overload.readyPerSecond) / most : undefined;
}

function peakMb({ flow, orders, overload }: Results): number {
  const phases: readonly Phase[] = [...flow, ...orders, ...(overload ? [overload] : [])];
  const peaks = phases.flatMap(({ untilQuiet }) => Object.entries(untilQuiet));
  return Math.max(...peaks.map(([name, { peakMb }]) => (isService(name) ? peakMb : 0)));
}

/** The rows of the table before / after. */
export const aims: readonly Aim[] = [
  { name: "sustained, POST to ready", unit: "/s", reach: 60, beyond: 100, more: true, measured: sustained },
  { name: "CPU of everything an order, at 10/s", unit: "ms", reach: 60, beyond: 40, measured: at(10, everything) },
  { name: "of that ours: services and sidecars", unit: "ms", measured: at(10, ours) },
  { name: "CPU of everything an order, at 40/s", unit: "ms", reach: 30, beyond: 20, measured: at(40, everything) },
  { name: "of that ours: services and sidecars", unit: "ms", measured: at(40, ours) },
  {
    name: "POST to waiting for payment at 10/s, p95",
    unit: "ms",
    reach: 80,
    beyond: 50,
    measured: at(10, ({ toPayment }) => toPayment.p95),
  },
  {
    name: "payment to ready at 10/s without cooking, p95",
    unit: "ms",
    reach: 120,
    beyond: 80,
    measured: at(10, ({ fromPayment }) => fromPayment.p95),
  },
  { name: "accepted at 128 connections", unit: "/s", reach: 800, beyond: 1_200, more: true, measured: accepted128 },
  { name: "overload: ready", unit: "/s", more: true, measured: ({ overload }) => overload?.readyPerSecond },
  { name: "… of the sustained rate", unit: "%", reach: 90, more: true, measured: shareUnderOverload },
  { name: "… refused with Retry-After", unit: "guests", measured: ({ overload }) => overload?.refused },
  {
    name: "… who hear it after, p95",
    unit: "ms",
    reach: 100,
    measured: ({ overload }) => (overload?.refused ? overload.toRefusal.p95 : undefined),
  },
  {
    name: "… all accepted at their end, after the last guest came",
    unit: "s",
    reach: 15,
    measured: ({ overload }) => overload?.allDoneAfterSeconds,
  },
  { name: "memory of the largest service, peak", unit: "MB", reach: 150, beyond: 120, measured: peakMb },
];

/** Whether a number is as wanted. */
export function isMet({ reach, more = false }: Aim, value: number | undefined): boolean | undefined {
  if (reach === undefined || value === undefined) return undefined;
  return more ? value >= reach : value <= reach;
}
