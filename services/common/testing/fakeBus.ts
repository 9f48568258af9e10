import type { CloudEvent, EventBus } from "../dapr/ports.ts";
import { AppError } from "../errors.ts";

/** A bus that remembers what was published. */
export type FakeBus = EventBus & {
  readonly published: CloudEvent[];
  /** The sidecar is away: publishing throws. */
  down: boolean;
  /** The broker takes nothing. */
  refusing: boolean;
  /** So many calls from now on are refused. */
  refusals: number;
};

/** A bus without a broker behind it, which takes everything until it is told otherwise. */
export function fakeBus(): FakeBus {
  const fake: FakeBus = {
    published: [],
    down: false,
    refusing: false,
    refusals: 0,
    async publish(_topic, events) {
      const { down, refusing, refusals } = fake;
      if (refusals > 0) fake.refusals--;
      await new Promise(setImmediate);
      if (down) throw new AppError("unavailable", "The sidecar could not publish");
      if (refusing || refusals > 0) return events.map(({ id }) => id);
      fake.published.push(...events);
      return [];
    },
  };
  return fake;
}
