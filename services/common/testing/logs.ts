import type { LogFields, Logger } from "#common/logging";

/** One line of a log. */
export type Line = { level: keyof Logger; message: string; fields: LogFields; error?: unknown };

/** A logger that keeps its lines. */
export function keptLogs(): Logger & { lines: Line[] } {
  const lines: Line[] = [];
  const keep =
    (level: keyof Logger) =>
    (message: string, fields: LogFields = {}, error?: unknown): void => {
      lines.push({ level, message, fields, ...(error === undefined ? {} : { error }) });
    };
  return { lines, debug: keep("debug"), info: keep("info"), warn: keep("warn"), error: keep("error") };
}
