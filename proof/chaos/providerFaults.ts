import { instancesOf } from "../../dev/stack/ports.ts";
import type { Fault, More } from "./fault.ts";
import type { System } from "./system.ts";
import type { Weather } from "./webhooks.ts";

/** Messages that arrive in this weather. */
export function webhooks(weather: Weather, more: More = {}): Fault {
  const set = (value: Weather) => async (system: System) => {
    system.webhooks.weather = value;
  };
  return { name: `webhooks: ${weather}`, ...more, begin: set(weather), end: set("fair") };
}

/** The provider's own servers and the bank behind them, as unkind as they are at times. */
export const unkind: readonly Fault[] = [
  {
    name: "Stripe's stand-in: every second new call fails or is refused, and again for its key",
    isQuick: true,
    meanwhile: 201,
    begin: ({ provider }) => provider.tell("/troubles", { every: "2" }),
    end: ({ provider }) => provider.tell("/troubles", { every: "0" }),
  },
  {
    name: "webhooks: never",
    meanwhile: 201,
    begin: ({ provider }) => provider.tell("/webhooks", { mode: "never" }),
    end: ({ provider }) => provider.tell("/webhooks", { mode: "on time" }),
  },
  {
    // The first try finds nobody, and the next comes when the round is long over.
    name: "webhooks: again only after minutes, kill -9 of payment",
    takes: 5,
    meanwhile: 201,
    async begin({ provider, stack, replicas }) {
      await provider.tell("/webhooks", { mode: "again after minutes" });
      await Promise.all(instancesOf("payment", replicas).map((name) => stack.kill(name)));
    },
    async end({ provider, stack, replicas }) {
      await Promise.all(instancesOf("payment", replicas).map((name) => stack.restart(name)));
      await provider.tell("/webhooks", { mode: "on time" });
    },
  },
  {
    name: "refunds that take their time",
    meanwhile: 201,
    begin: ({ provider }) => provider.tell("/refunds/begin", { status: "pending" }),
    async end({ provider }) {
      await provider.tell("/refunds/begin", { status: "succeeded" });
      await provider.endRefunds();
    },
  },
];
