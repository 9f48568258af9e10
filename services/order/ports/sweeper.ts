import type { Logger } from "#common/logging";
import type { Outbox } from "../app/outbox.ts";

const everyMs = 5_000;

/** What keeps sweeping the outbox. `soon` has it look at once; `stop` lets a sweep under way finish. */
export type Sweeper = { soon(): void; stop(): Promise<void> };

/** Sweeps the outbox now and every five seconds, one sweep at a time. */
export function startSweeper(outbox: Outbox, logger: Logger): Sweeper {
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
    running = outbox
      .sweep()
      .catch((error) => logger.warn("the outbox was not swept", { reason: String(error) }))
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
