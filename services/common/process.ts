import type { Logger } from "#common/logging";

/** The longest that an end in good order may take. */
const graceMs = 20_000;

/** An error that nobody caught leaves the process in an unknown state: it is logged, and the process ends. */
export function endOnCrash(logger: Logger): void {
  const crash = (error: unknown) => {
    logger.error("crashed", {}, error);
    process.exit(1);
  };
  process.on("uncaughtException", crash);
  process.on("unhandledRejection", crash);
}

/** On the first SIGTERM or SIGINT ends in good order, and at once when that takes longer than 20 s. */
export function endOnSignal(logger: Logger, stop: () => Promise<void>): void {
  const end = async (signal: string) => {
    logger.info("stopping", { signal });
    setTimeout(() => {
      logger.error("did not stop in time", { seconds: graceMs / 1000 });
      process.exit(1);
    }, graceMs).unref();
    await stop();
    logger.info("stopped");
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void end(signal));
}
