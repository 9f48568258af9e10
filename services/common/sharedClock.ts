import type { Logger } from "#common/logging";
import type { Metrics } from "#common/metrics";
import { startPeriodic } from "#common/periodic";

/** One time for all replicas, wherever their own clocks are. */
export type SharedClock = {
  /** Milliseconds since the epoch, as the one counts them whose clock is shared. */
  now(): number;
  stop(): Promise<void>;
};

type SharedClockDeps = {
  /** Asks the shared clock: the database's, or the provider's. */
  theirs: () => Promise<Date>;
  metrics: Metrics;
  logger: Logger;
  /** What our own clock says, in milliseconds since the epoch; and one that nobody ever sets, from any beginning. */
  ours?: () => number;
  steady?: () => number;
  everyMs?: number;
};

/** Beyond this our own clock is worth a warning: logs and traces have its times. */
const mostSkewMs = 3_000;

/**
 * Asks somebody whom all replicas share what time it is, now and again and again, and counts on from the last answer by a
 * clock that nobody sets. So a deadline that one replica writes is read by every other as it was meant, also when their
 * clocks differ or jump. How far ours is ahead is in `gorder_clock_skew_seconds`.
 * @throws when they cannot be asked at the start; later their last answer counts.
 */
export async function sharedClock(deps: SharedClockDeps): Promise<SharedClock> {
  const clock = startClock(deps);
  await clock.compare();
  clock.watch();
  return clock;
}

/** The same for who can do without: until the first answer our own clock counts. */
export function sharedClockOrOwn(deps: SharedClockDeps): SharedClock {
  const clock = startClock(deps);
  clock.watch();
  return clock;
}

function startClock(deps: SharedClockDeps) {
  const { theirs, metrics, logger, ours = Date.now, steady = () => performance.now(), everyMs = 10_000 } = deps;
  let aheadOfSteady: number | undefined;
  let skewMs = 0;
  let periodic: ReturnType<typeof startPeriodic> | undefined;

  async function compare(): Promise<void> {
    const asked = steady();
    const time = (await theirs()).getTime();
    const answered = steady();
    // They looked at their clock somewhere between: in the middle, as far as we know.
    aheadOfSteady = time - (asked + answered) / 2;
    skewMs = ours() - (time + (answered - asked) / 2);
    if (Math.abs(skewMs) > mostSkewMs)
      logger.warn("this clock and the shared one differ; deadlines go by the shared one", {
        skewSeconds: skewMs / 1_000,
      });
  }

  metrics.gauge(
    "gorder_clock_skew_seconds",
    "How far this clock is ahead of the one that deadlines go by",
    [],
    (gauge) => {
      // Left out until it is known: 0 would be good news.
      if (aheadOfSteady === undefined) throw new Error("Nobody has said yet what time it is");
      gauge.set(skewMs / 1_000);
    },
  );
  return {
    compare,
    watch: () => {
      periodic = startPeriodic({ name: "comparing clocks", everyMs, logger, work: compare });
    },
    now: () => Math.round(aheadOfSteady === undefined ? ours() : steady() + aheadOfSteady),
    stop: async () => periodic?.stop(),
  };
}
