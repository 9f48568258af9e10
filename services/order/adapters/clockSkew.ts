import type { Db } from "mongodb";
import type { Logger } from "#common/logging";
import type { Metrics } from "#common/metrics";
import { type Periodic, startPeriodic } from "#common/periodic";
import type { InTime } from "./orderBatches.ts";

/** What the clock of somebody else says. */
export type OtherClock = () => Promise<Date>;

const everyMs = 60_000;

/** Beyond this orders expire too early or too late, and replicas take each other's leases for over, in milliseconds. */
const mostMs = 3_000;

/** The clock of MongoDB's server. @throws whatever the call ends in, also an answer without a time. */
export function mongoClock(db: Db, inTime: InTime): OtherClock {
  return async () => {
    const { localTime } = await inTime(db.admin().command({ hello: 1 }));
    if (!(localTime instanceof Date)) throw new Error("MongoDB does not say what time it is");
    return localTime;
  };
}

/**
 * Compares our clock with the database's, which all replicas share, at the start and each minute: as
 * `gorder_clock_skew_seconds` (ours minus theirs), and as a warning beyond 3 s. The half of the call's way is ours.
 */
export function watchClock(
  metrics: Metrics,
  logger: Logger,
  theirs: OtherClock,
  ours: () => Date = () => new Date(),
): Periodic {
  let skewMs: number | undefined;
  metrics.gauge("gorder_clock_skew_seconds", "How far this clock is ahead of the database's", [], (gauge) => {
    // Left out until it is known: 0 would be good news.
    if (skewMs === undefined) throw new Error("The database was not asked yet");
    gauge.set(skewMs / 1_000);
  });
  const compare = async () => {
    const asked = ours().getTime();
    const time = (await theirs()).getTime();
    skewMs = (asked + ours().getTime()) / 2 - time;
    if (Math.abs(skewMs) <= mostMs) return;
    logger.warn("this clock and the database's differ: orders end and leases lapse at the wrong time", {
      skewSeconds: skewMs / 1_000,
    });
  };
  return startPeriodic({ name: "comparing clocks", everyMs, logger, work: compare });
}
