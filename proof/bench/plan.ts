/** How long is measured. Seconds, orders a second, and connections. */
export type Plan = {
  readonly connections: readonly number[];
  readonly ordersSeconds: number;
  /** Each level is measured so often, with and without sidecars in turn. */
  readonly rounds: number;
  /** Before anything counts, so that what is measured is compiled code, not a start: so many whole orders, and POSTs. */
  readonly warmUp: { readonly orders: number; readonly connections: number; readonly seconds: number };
  /** Rates tried from the lowest until one is not kept up with. */
  readonly flow: { readonly rates: readonly number[]; readonly seconds: number };
  /** More than anybody keeps up with: what counts is who is refused, and how. */
  readonly overload: { readonly rate: number; readonly seconds: number };
};

const rates = [10, 20, 40, 60, 100];

/** What `npm run bench` measures. */
export const fullPlan: Plan = {
  connections: [1, 8, 32, 128],
  ordersSeconds: 5,
  rounds: 2,
  warmUp: { orders: 2_000, connections: 16, seconds: 15 },
  flow: { rates, seconds: 60 },
  overload: { rate: 200, seconds: 60 },
};

/** What `--quick` does: the same, shorter, so with a larger error. */
export const quickPlan: Plan = {
  connections: [1, 8, 32, 128],
  ordersSeconds: 5,
  rounds: 1,
  warmUp: { orders: 400, connections: 32, seconds: 10 },
  flow: { rates, seconds: 10 },
  overload: { rate: 200, seconds: 15 },
};
