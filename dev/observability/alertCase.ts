import type { Severity } from "./alert.ts";

/** What Prometheus would have read, one value a minute unless said, in promtool's own notation (`0+10x60`), and what comes of it. */
export type AlertCase = {
  readonly alert: string;
  /** Where an alert comes in two severities, the one that is meant. */
  readonly severity?: Severity;
  /** What happens, in words. */
  readonly when: string;
  readonly series: Readonly<Record<string, string>>;
  /** How far the values are apart; for what takes days. */
  readonly every?: "1m" | "10m";
  /** When it is looked, from the start. */
  readonly at: string;
  readonly fires: boolean;
};

type Told = Omit<AlertCase, "alert" | "fires">;

/** What raises an alert. */
export const fires = (alert: string, told: Told): AlertCase => ({ alert, ...told, fires: true });

/** The nearest thing that must not. */
export const rests = (alert: string, told: Told): AlertCase => ({ alert, ...told, fires: false });
