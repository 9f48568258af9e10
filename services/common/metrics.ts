import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "@prometheus-io/client";

/** How one message or use case ended. `refused` is an expected error, `failed` an unexpected one. */
export type Outcome = "ok" | "refused" | "failed";

/** What became of one delivered event. */
export type EventOutcome = "done" | "repeated" | "retry";

/** A service's numbers. Names and labels are the same in every service. */
export type Metrics = {
  readonly registry: Registry;
  /** Counts and times one use case; the duration in seconds. */
  useCase(name: string, outcome: Outcome, seconds: number): void;
  /** Counts and times the handling of one delivered event; the duration in seconds. */
  event(topic: string, outcome: EventOutcome, seconds: number): void;
  counter<L extends string>(name: string, help: string, labels: readonly L[]): Counter<L>;
  /** A gauge that asks for its value whenever it is read. */
  gauge<L extends string>(
    name: string,
    help: string,
    labels: readonly L[],
    collect: (gauge: Gauge<L>) => void | Promise<void>,
  ): void;
};

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * The numbers of one service, each labelled with the service's name.
 * @param processMetrics also memory, CPU and event loop; once in a process.
 */
export function createMetrics(service: string, processMetrics = true): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  if (processMetrics) collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const useCases = new Histogram({
    name: "gorder_use_case_seconds",
    help: "Duration of commands and queries by outcome",
    labelNames: ["use_case", "outcome"] as const,
    buckets: seconds,
    registers,
  });
  const events = new Histogram({
    name: "gorder_event_handling_seconds",
    help: "Duration of event handling by topic and outcome",
    labelNames: ["topic", "outcome"] as const,
    buckets: seconds,
    registers,
  });
  return {
    registry,
    useCase: (use_case, outcome, duration) => useCases.observe({ use_case, outcome }, duration),
    event: (topic, outcome, duration) => events.observe({ topic, outcome }, duration),
    counter: (name, help, labelNames) => new Counter({ name, help, labelNames, registers }),
    gauge(name, help, labelNames, collect) {
      new Gauge({
        name,
        help,
        labelNames,
        registers,
        collect() {
          return collect(this);
        },
      });
    },
  };
}
