/** How long is measured. Seconds, orders a second, and connections. */
export type Plan = {
  readonly connections: readonly number[];
  readonly ordersSeconds: number;
  /** Each level is measured so often, with and without sidecars in turn. */
  readonly rounds: number;
  readonly warmUpSeconds: number;
  readonly low: { readonly rate: number; readonly seconds: number };
  readonly flow: { readonly rate: number; readonly seconds: number };
  /** How many lower rates are tried when the flow was not kept up with. */
  readonly lowerRates: number;
};

export const fullPlan: Plan = {
  connections: [1, 8, 32, 128],
  ordersSeconds: 6,
  rounds: 2,
  warmUpSeconds: 6,
  low: { rate: 5, seconds: 15 },
  flow: { rate: 200, seconds: 30 },
  lowerRates: 3,
};

export const quickPlan: Plan = {
  connections: [1, 8, 32, 128],
  ordersSeconds: 3,
  rounds: 1,
  warmUpSeconds: 3,
  low: { rate: 5, seconds: 5 },
  flow: { rate: 200, seconds: 10 },
  lowerRates: 1,
};

/** What the issue that asked for this wants to see, on two cores with everything on them. */
export const targets = {
  ordersPerSecond: 1000,
  p95Ms: 100,
  shareOfDirect: 0.75,
  flowPerSecond: 200,
  serviceMb: 120,
} as const;
