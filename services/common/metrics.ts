import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "@prometheus-io/client";
import packageJson from "../../package.json" with { type: "json" };

/** How one message or use case ended. `refused` is an expected error, `failed` an unexpected one. */
export type Outcome = "ok" | "refused" | "failed";

/** What became of one delivered event; `postponed`: it is tried again here, as somebody else was away. */
export type EventOutcome = "done" | "repeated" | "postponed" | "retry";

/** A service's numbers. Names and labels are the same in every service. */
export type Metrics = {
  readonly registry: Registry;
  /** Counts and times one use case; the duration in seconds. */
  useCase(name: string, outcome: Outcome, seconds: number): void;
  /** Counts and times the handling of one delivered event; the duration in seconds. */
  event(topic: string, outcome: EventOutcome, seconds: number): void;
  counter<L extends string>(name: string, help: string, labels: readonly L[]): Counter<L>;
  /** Sums up durations in seconds, in these buckets or the ones that fit a call. */
  histogram<L extends string>(name: string, help: string, labels: readonly L[], buckets?: number[]): Histogram<L>;
  /**
   * A gauge that asks for its value whenever it is read. One that fails, or does not answer within 2 s, is left out and
   * counted in `gorder_gauges_left_out_total`: the other numbers are wanted most when something is away.
   */
  gauge<L extends string>(
    name: string,
    help: string,
    labels: readonly L[],
    collect: (gauge: Gauge<L>) => void | Promise<void>,
  ): void;
};

/** A scrape has 10 s by default, and a person who asks by hand has less patience. */
const gaugeLimitMs = 2_000;

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
  new Gauge({ name: "gorder_build_info", help: "Always 1", labelNames: ["version", "node"], registers }).set(
    { version: packageJson.version, node: process.versions.node },
    1,
  );
  const leftOut = new Counter({
    name: "gorder_gauges_left_out_total",
    help: "Gauges that could not be asked when they were read",
    labelNames: ["gauge"] as const,
    registers,
  });
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
    histogram: (name, help, labelNames, buckets = seconds) =>
      new Histogram({ name, help, labelNames, buckets, registers }),
    gauge(name, help, labelNames, collect) {
      new Gauge({
        name,
        help,
        labelNames,
        registers,
        async collect() {
          if (await answersInTime(async () => collect(this))) return;
          leftOut.inc({ gauge: name });
          // Without labels a gauge that was reset is 0, which would be a lie.
          this.reset();
          if (labelNames.length === 0) this.remove();
        },
      });
    },
  };
}

async function answersInTime(ask: () => Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), gaugeLimitMs);
  });
  const answered = ask().then(
    () => true,
    () => false,
  );
  return Promise.race([answered, late]).finally(() => clearTimeout(timer));
}
