/** How long is measured. Seconds, orders a second, and connections. */
export type Plan = {
  readonly connections: readonly number[];
  readonly ordersSeconds: number;
  /** Each level is measured so often, with and without sidecars in turn. */
  readonly rounds: number;
  /** Before anything counts, so that what is measured is compiled code, not a start. */
  readonly warmUp: { readonly connections: number; readonly rate: number; readonly seconds: number };
  readonly low: { readonly rate: number; readonly seconds: number };
  /** Rates tried from the lowest until one is not kept up with; the last one is measured in any case, at the end. */
  readonly flow: { readonly rates: readonly number[]; readonly stepSeconds: number; readonly lastSeconds: number };
};

export const fullPlan: Plan = {
  connections: [1, 8, 32, 128],
  ordersSeconds: 5,
  rounds: 2,
  warmUp: { connections: 16, rate: 20, seconds: 15 },
  low: { rate: 5, seconds: 15 },
  flow: { rates: [25, 50, 100, 150, 200], stepSeconds: 15, lastSeconds: 30 },
};

export const quickPlan: Plan = {
  connections: [1, 8, 32, 128],
  ordersSeconds: 5,
  rounds: 1,
  warmUp: { connections: 32, rate: 10, seconds: 10 },
  low: { rate: 5, seconds: 5 },
  flow: { rates: [10, 20, 40, 200], stepSeconds: 8, lastSeconds: 10 },
};

/** What the issue that asked for this wants to see, on two cores with everything on them. */
export const targets = {
  ordersPerSecond: 1000,
  p95Ms: 100,
  shareOfDirect: 0.75,
  flowPerSecond: 200,
  serviceMb: 120,
} as const;
