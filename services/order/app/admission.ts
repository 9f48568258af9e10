import { AppError } from "#common/errors";
import type { Metrics } from "#common/metrics";
import type { OrderRepository } from "../domain/orderRepository.ts";

/** Says no to new orders while too many that were accepted have not got their payment link yet. */
export type Admission = {
  /** @throws AppError "busy", before the order has cost anything. */
  demand(): void;
  /** An order is being placed until the returned function is called. */
  enter(): (accepted: boolean) => void;
  /** An order has got its link. */
  recordLink(): void;
  /** Looks at what waits in the store, of all replicas; costs nothing while nobody orders. */
  look(): Promise<void>;
};

/** How much may wait. Times in seconds. */
export type AdmissionLimits = {
  /** How many orders this process places at once. */
  mostUnderWay: number;
  /** How long a new guest is to wait for their link at most, at the pace of the last seconds. */
  longestWait: number;
  /** However slow that pace was, so many wait without anybody being refused: a burst is no overload. */
  alwaysWaiting: number;
  /** So many may wait while nothing moves at all: a broker or provider that is away costs us little. */
  mostWaiting: number;
};

const usual: AdmissionLimits = { mostUnderWay: 1_000, longestWait: 2, alwaysWaiting: 200, mostWaiting: 2_000 };

/** Retry-After lies between these, in seconds, so that those who were refused together do not come back together. */
const [soonest, latest] = [2, 6];

type Deps = {
  orders: Pick<OrderRepository, "countPending">;
  metrics: Metrics;
  /** Milliseconds, from any beginning. */
  clock: () => number;
  limits?: Partial<AdmissionLimits>;
};

/**
 * What waits is counted in the store; what this process accepted since is added. The pace is what this process served:
 * with n replicas an n-th of the whole, so that several are rather too careful than too late.
 */
export function createAdmission({ orders, metrics, clock, limits }: Deps): Admission {
  const { mostUnderWay, longestWait, alwaysWaiting, mostWaiting } = { ...usual, ...limits };
  const refused = metrics.counter("gorder_admission_refused_total", "Orders refused for overload, by what was full", [
    "reason",
  ]);
  let underWay = 0;
  let waiting = 0;
  let [accepted, served, pace] = [0, 0, 0];
  let lookedAt = clock();

  const mostNow = () => (pace < 1 ? mostWaiting : Math.min(mostWaiting, Math.max(alwaysWaiting, pace * longestWait)));

  function refuse(reason: "under_way" | "waiting"): never {
    refused.inc({ reason });
    const retryAfterSeconds = soonest + Math.floor(Math.random() * (latest - soonest + 1));
    const message = "Very many people are ordering right now. Your order was not placed: please try again in a moment.";
    throw new AppError("busy", message, { retryAfterSeconds });
  }

  return {
    demand() {
      if (underWay >= mostUnderWay) refuse("under_way");
      if (waiting >= mostNow()) refuse("waiting");
    },
    enter() {
      underWay++;
      return (isAccepted) => {
        underWay--;
        if (!isAccepted) return;
        accepted++;
        waiting++;
      };
    },
    recordLink() {
      served++;
      waiting = Math.max(0, waiting - 1);
    },
    async look() {
      const seconds = Math.max((clock() - lookedAt) / 1_000, 0.001);
      lookedAt = clock();
      // Half of the pace is of the last look: a moment without a link is no standstill yet.
      pace = (pace + served / seconds) / 2;
      const isIdle = accepted === 0 && waiting === 0;
      [accepted, served] = [0, 0];
      if (!isIdle) waiting = await orders.countPending(mostWaiting);
    },
  };
}
