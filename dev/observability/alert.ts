import { apps } from "../services.ts";

/** Who hears of it: `critical` wakes somebody, `warning` waits for the morning. */
export type Severity = "critical" | "warning";

/** One alert. Its runbook is `docs/runbooks/<name>.md`. */
export type Alert = {
  readonly name: string;
  readonly severity: Severity;
  readonly expr: string;
  /** How long it must hold before anybody hears of it, as Prometheus writes durations. */
  readonly for: string;
  /** One sentence for the operator who is woken: what is wrong for whom. Labels as `{{ $labels.x }}`. */
  readonly summary: string;
};

/** Every service that has a sidecar and numbers of its own, as a pattern for a label. */
export const everyService = apps.join("|");
