import type { Logger } from "#common/logging";

/** Work that is done again and again. `soon` has it done at once; `stop` lets what is under way finish. */
export type Periodic = { soon(): void; stop(): Promise<void> };

/** What is done how often; `name` is for the log when it fails. */
export type PeriodicWork = { name: string; everyMs: number; logger: Logger; work: () => Promise<unknown> };

/** Does the work now and then again and again, `everyMs` after its last end: never twice at a time. */
export function startPeriodic({ name, everyMs, logger, work }: PeriodicWork): Periodic {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  const schedule = (ms: number): void => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(run, ms);
  };
  function run(): void {
    again = false;
    running = work()
      .then(
        () => undefined,
        (error) => logger.warn(`${name} failed`, { reason: String(error) }),
      )
      .finally(() => {
        running = undefined;
        schedule(again ? 0 : everyMs);
      });
  }
  schedule(0);
  return {
    soon() {
      if (running) again = true;
      else schedule(0);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
