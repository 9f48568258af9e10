import type { Logger } from "#common/logging";
import type { Metrics } from "#common/metrics";
import { startPeriodic } from "#common/periodic";

/** One time for all replicas, wherever their own clocks are. */
export type SharedClock = {
  /** Milliseconds since the epoch, as the database counts them. */
  now(): number;
  stop(): Promise<void>;
};

type Dependencies = {
  /** What the database's clock says. */
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
 * Asks the database what time it is, now and again and again, and counts on from its answer by a clock that nobody sets.
 * So a deadline that one replica writes is read by every other as it was meant, also when their clocks differ or jump.
 * How far ours is ahead is in `gorder_clock_skew_seconds`.
 * @throws when the database cannot be asked at the start; later its last answer counts.
 */
export async function sharedClock(to: Dependencies): Promise<SharedClock> {
  const { theirs, metrics, logger, ours = Date.now, steady = () => performance.now(), everyMs = 10_000 } = to;
  let aheadOfSteady = 0;
  let skewMs = 0;

  async function compare(): Promise<void> {
    const asked = steady();
    const time = (await theirs()).getTime();
    const answered = steady();
    // They looked at their clock somewhere between: in the middle, as far as we know.
    aheadOfSteady = time - (asked + answered) / 2;
    skewMs = ours() - (time + (answered - asked) / 2);
    if (Math.abs(skewMs) > mostSkewMs)
      logger.warn("this clock and the database's differ; deadlines go by the database's", {
        skewSeconds: skewMs / 1_000,
      });
  }

  await compare();
  metrics.gauge("gorder_clock_skew_seconds", "How far this clock is ahead of the database's", [], (gauge) =>
    gauge.set(skewMs / 1_000),
  );
  const watch = startPeriodic({ name: "comparing clocks", everyMs, logger, work: compare });
  return { now: () => Math.round(steady() + aheadOfSteady), stop: () => watch.stop() };
}
