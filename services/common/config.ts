import { z } from "zod";
import { authoritiesIn } from "#common/authorities";
import { findingLines, plainIssue } from "#common/plainIssue";

/** A bad or missing environment variable; the message names every one of them. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** Says in the settings' words what a reader of one throws. */
export function readBy(read: (text: string) => unknown) {
  return (text: string, context: z.RefinementCtx) => {
    try {
      read(text);
    } catch (error) {
      context.addIssue({ code: "custom", message: error instanceof Error ? error.message : "is not understood" });
    }
  };
}

const port = z.coerce.number().int().min(0).max(65535);

/**
 * An address that is asked as it stands, its parameters too. No request carries what follows "#". The first fault ends
 * the reading: what is no address has nothing else to be said of it.
 */
export const webUrl = z
  .url({ protocol: /^https?$/, abort: true })
  .refine((url) => !url.includes("#"), 'takes no "#": nothing from there on would be heeded');

/** An address that paths are put behind, so that it cannot carry parameters: they would be lost without a word. */
const pathlessUrl = z
  .url({ protocol: /^https?$/, abort: true })
  .refine((url) => !/[?#]/.test(url), 'takes no parameters: nothing from "?" or "#" on would be heeded');

/** One that we call. No call has a user and a password from it, and a failed one would tell both to the log. */
export const baseUrl = pathlessUrl.refine(hasNoUser, "takes no user and no password");

/** Where browsers find us. */
export const origin = z
  .url({ protocol: /^https?$/, abort: true })
  .refine((text) => new URL(text).origin === text, "an origin, such as https://shop.example");

/** Hosts that are reached without leaving the machine or the cluster: there alone a provider may speak plain HTTP. */
const near = /^(localhost|127\.0\.0\.1|\[::1\]|[\w.-]+\.svc(\.cluster\.local)?)$/;

/** An OpenID Connect provider, or its keys: whoever could answer in its place would say who somebody is. */
export const providerUrl = webUrl
  .refine(hasNoUser, "takes no user and no password")
  .refine(
    (text) => text.startsWith("https:") || near.test(new URL(text).hostname),
    "https, unless the provider is on this machine or in this cluster",
  );

function hasNoUser(url: string): boolean {
  return !/^[^:]+:\/*[^/?#]*@/.test(url);
}

/** Where spans go: OpenTelemetry's own variables, of which its exporter reads more (headers, certificate, timeout). */
export const tracingEnv = {
  ZIPKIN_URL: webUrl.optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: pathlessUrl.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: webUrl.optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: z.literal("http/protobuf").optional(),
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: z.literal("http/protobuf").optional(),
};

/** What the variables come to. */
export function tracesTo(env: z.infer<z.ZodObject<typeof tracingEnv>>): {
  zipkinUrl: string | undefined;
  otlp: boolean;
} {
  return {
    zipkinUrl: env.ZIPKIN_URL,
    otlp: (env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? env.OTEL_EXPORTER_OTLP_ENDPOINT) !== undefined,
  };
}

/** What is asked of one. */
export const openIdScope = z
  .string()
  .regex(/\bopenid\b/, 'contains "openid"')
  .default("openid profile");

/** An address to listen on, or one to be found at: brackets belong to URLs. */
const host = z.string().regex(/^[^[\]\s/]+$/, 'an address or a name, such as "127.0.0.1" or "::", without brackets');

/** The variables that every process of ours reads. A port of 0 takes any free one. */
const processEnv = z.object({
  NODE_ENV: z.enum(["development", "production"]).default("development"),
  LOG_LEVEL: z.enum(["error", "warn", "info", "debug"]).default("info"),
  HOST: host.default("127.0.0.1"),
  HEALTH_PORT: port.optional(),
});

/** What those read whom browsers or the payment provider reach: the port for them. */
const publicPort = { PORT: port };

/** The settings of a process that serves the public, and has no sidecar. */
export const publicEnv = processEnv.extend(publicPort);

/** The variables that every service reads. */
export const serviceEnv = processEnv.extend({
  // Dapr's own name for the port that the sidecar calls, and it calls from this machine or pod.
  APP_PORT: port,
  APP_HOST: host.default("127.0.0.1"),
  DAPR_HTTP_PORT: port,
  DAPR_GRPC_PORT: port,
  DAPR_API_TOKEN: z.string().min(16),
  APP_API_TOKEN: z.string().min(16),
  CONSUL_URL: baseUrl.optional(),
  CONSUL_HTTP_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]+$/, "visible ASCII characters")
    .optional(),
  CONSUL_HTTP_TOKEN_FILE: z.string().min(1).optional(),
  REGISTER_ADDRESS: host.default("127.0.0.1"),
  DAPR_INTERNAL_GRPC_PORT: port.default(50002),
  // Node's own: authorities beside those that it knows, for whatever server this service talks to.
  NODE_EXTRA_CA_CERTS: z.string().superRefine(readBy(authoritiesIn)).optional(),
  ...tracingEnv,
  TRACE_SAMPLE_RATIO: z.coerce.number().min(0).max(1).default(1),
});

/** The variables of a service that serves the public too. */
export const publicServiceEnv = serviceEnv.extend(publicPort);

/** The settings that every service shares. */
export type ServiceEnv = z.infer<typeof serviceEnv>;

/** A listen port for plain gRPC. */
export const grpcPort = port;

/**
 * Secrets of `least` characters or more that hold at the same time, separated by commas; the first is the newest. One that
 * stands twice was meant to be two: the one that it took the place of would be believed no more.
 */
export function secretList(least: number) {
  const secret = z.string().min(least, `each secret needs at least ${least} characters`);
  return z
    .string()
    .transform((list) => list.split(",").map((one) => one.trim()))
    .pipe(z.tuple([secret], secret).refine(areDifferent, "the same secret stands here twice"));
}

function areDifferent(secrets: readonly string[]): boolean {
  return new Set(secrets).size === secrets.length;
}

/** Origins such as "https://pictures.example", separated by commas; none when empty. */
export const originList = z
  .string()
  .default("")
  .transform((list) => list.split(",").flatMap((one) => one.trim() || []))
  .pipe(z.array(z.string().refine(isOrigin, "each must be an https origin, without a path")));

function isOrigin(text: string): boolean {
  return text.startsWith("https://") && URL.canParse(text) && new URL(text).origin === text;
}

const unitMs: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** "90s", "30m" or "2h", read as milliseconds. */
export const duration = z
  .string()
  .regex(/^[1-9]\d{0,4}[smh]$/, 'a number with its unit, such as "90s", "30m" or "2h"')
  .transform((text) => Number.parseInt(text, 10) * (unitMs[text.slice(-1)] ?? 0));

/**
 * Reads a service's settings once. An empty variable counts as unset.
 * @throws ConfigError that names each bad or missing variable, and never shows a value.
 */
export function readConfig<T extends z.ZodType>(schema: T, env: NodeJS.ProcessEnv): z.infer<T> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  // What is read as a number is one before it is looked at, whether anything was there or not.
  const isAbsent = ({ path: [name] = [], code }: z.core.$ZodRawIssue) =>
    code !== "custom" && typeof name === "string" && given[name] === undefined;
  const result = schema.safeParse(given, {
    error: (issue) => (isAbsent(issue) ? "is missing" : plainIssue(issue)),
  });
  if (result.success) return result.data;
  const lines = findingLines(result.error, "settings");
  throw new ConfigError(`These environment variables are missing or wrong (see .env.example):\n${lines}`);
}
