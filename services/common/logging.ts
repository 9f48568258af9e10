import { trace } from "@opentelemetry/api";
import winston from "winston";

/** Ids, outcomes and durations that find the line again. Never inputs, bodies or secrets. */
export type LogFields = Record<string, string | number | boolean | undefined>;

/** What the code logs through. */
export type Logger = {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  /** `error` goes whole into the log, and nowhere else. */
  error(message: string, fields?: LogFields, error?: unknown): void;
};

const traceId = winston.format((info) => {
  const span = trace.getActiveSpan()?.spanContext();
  return span ? Object.assign(info, { traceId: span.traceId, spanId: span.spanId }) : info;
});

const readable = winston.format.printf(({ level, message, timestamp, service, stack, spanId: _, ...fields }) => {
  const rest = Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]));
  const line = `${timestamp} ${level.padEnd(5)} ${String(service).padEnd(8)} ${message} ${rest.join(" ")}`.trimEnd();
  return stack ? `${line}\n${stack}` : line;
});

/** A logger for one service: JSON lines in production, readable ones elsewhere, with the trace id where there is one. */
export function createLogger(service: string, options: { json: boolean; level: string }): Logger {
  const { combine, timestamp, json } = winston.format;
  const log = winston.createLogger({
    level: options.level,
    defaultMeta: { service },
    format: options.json
      ? combine(timestamp(), traceId(), json())
      : combine(timestamp({ format: "HH:mm:ss.SSS" }), traceId(), readable),
    transports: [new winston.transports.Console()],
  });
  // Winston makes a line of what it then does not write.
  const at = (level: "debug" | "info" | "warn"): Logger["info"] =>
    log.isLevelEnabled(level) ? (message, fields = {}) => void log.log(level, message, fields) : () => {};
  return {
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: (message, fields = {}, error) => void log.error(message, { ...fields, ...described(error) }),
  };
}

/** A logger that says nothing, for tests. */
export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };

function described(error: unknown): { error?: string; stack?: string } {
  if (error === undefined) return {};
  if (!(error instanceof Error)) return { error: String(error) };
  const cause = error.cause === undefined ? "" : `\ncaused by ${described(error.cause).stack ?? String(error.cause)}`;
  return { error: error.message, stack: `${error.stack ?? error.message}${cause}` };
}
