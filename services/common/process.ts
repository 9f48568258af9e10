import { ConfigError } from "#common/config";
import type { Logger } from "#common/logging";
import { reasonOf } from "#common/namedServer";

/** Reads the settings that a process starts with. Wrong ones end it with status 78 and their names. */
export function settingsOrEnd<E>(name: string, read: () => E): E {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${name} does not start. ${error.message}\n`);
    process.exit(78);
  }
}

/**
 * Does what a process starts with. A failure ends the process, and what it says last is the reason with its causes, in
 * one line: Kubernetes shows of a pod's log no more than the end.
 */
export async function startOrEnd<T>(logger: Logger, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    // What is said of a setting that is wrong is complete; where in the code it was found helps nobody.
    if (!(error instanceof ConfigError)) logger.error("the start failed", {}, error);
    logger.error("does not start", { reason: reasonOf(error) });
    process.exit(1);
  }
}

/** An error that nobody caught leaves the process in an unknown state: it is logged, and the process ends. */
export function endOnCrash(logger: Logger): void {
  const crash = (error: unknown) => {
    logger.error("crashed", {}, error);
    process.exit(1);
  };
  process.on("uncaughtException", crash);
  process.on("unhandledRejection", crash);
}

/** On the first SIGTERM or SIGINT ends in good order, and at once when that takes longer than `graceMs` (20,000). */
export function endOnSignal(logger: Logger, stop: () => Promise<void>, graceMs = 20_000): void {
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
