import { join } from "node:path";
import { type App, hasGrpc, isFront } from "../../services.ts";
import { appOf, type Instance, type PortName } from "../ports.ts";
import type { Part } from "../supervised.ts";
import { answers } from "../wait.ts";
import { type Context, local } from "./context.ts";
import { mongodbUrl } from "./mongodb.ts";
import { mysqlUrl } from "./mysql.ts";
import { customerClientId, issuerOf, staffClientId } from "./oidc.ts";
import { staffRabbitmqUrl } from "./rabbitmq.ts";
import { zipkinSpansUrl } from "./zipkin.ts";

/** The repository's folder. */
export const root = join(import.meta.dirname, "..", "..", "..");

type Environment = Readonly<Record<string, string>>;

/** How a stack's services are set. */
export type ServiceSettings = {
  /** Services call each other without their sidecars: for measuring what the sidecars cost. */
  readonly direct: boolean;
  readonly traceSampleRatio: number;
  /** Stripe's own keys, or nothing: then the stand-in serves. */
  readonly stripe?: { readonly secretKey: string; readonly webhookSecret: string };
  /** Where every service leaves a CPU profile when it ends in good order. */
  readonly profileFolder?: string;
  /** Added to every service's environment, or overriding it. */
  readonly env: Environment;
};

/**
 * How Node runs, as in the image (see the Dockerfile), and with the old generation that V8 takes for itself in a pod of
 * 512 Mi: of a whole machine's memory it takes four times what it needs before it collects.
 */
export const nodeSettings: Environment = {
  NODE_OPTIONS: "--max-semi-space-size=8 --disable-warning=DEP0169 --max-old-space-size=256",
  MALLOC_ARENA_MAX: "2",
};

/** For who is many guests at one address, or a guest who orders without end: tests, k6, the bench. */
export const noLimits: Environment = {
  ORDERS_PER_MINUTE: "1000000",
  ORDERS_PER_MINUTE_PER_ADDRESS: "1000000",
  SESSIONS_PER_MINUTE_PER_ADDRESS: "1000000",
  READS_PER_MINUTE: "1000000",
  READS_PER_MINUTE_PER_ADDRESS: "1000000",
  MAX_OPEN_ORDERS: "1000000",
  MAX_UNPAID_UNITS: "0",
  MAX_UNPAID_UNITS_PER_ADDRESS: "0",
  STREAMS_PER_CUSTOMER: "1000000",
  STREAMS_PER_ADDRESS: "1000000",
};

function stripeKeys({ secrets }: Context, { stripe }: ServiceSettings) {
  return {
    STRIPE_SECRET_KEY: stripe?.secretKey ?? secrets.stripeSecretKey,
    STRIPE_WEBHOOK_SECRET: stripe?.webhookSecret ?? secrets.stripeWebhookSecret,
  };
}

function own(context: Context, settings: ServiceSettings): Record<App, Environment> {
  const { ports, secrets } = context;
  const orderUrl = settings.direct ? { ORDER_URL: local(ports["order-app"]) } : {};
  const stockAndPayment = settings.direct
    ? { STOCK_URL: local(ports["stock-app"]), PAYMENT_URL: local(ports["payment-app"]) }
    : {};
  return {
    order: {
      MONGODB_URL: mongodbUrl(context),
      SESSION_SECRET: secrets.sessionSecret,
      CUSTOMER_OIDC_ISSUER: issuerOf(context),
      CUSTOMER_OIDC_CLIENT_ID: customerClientId,
      CUSTOMER_OIDC_CLIENT_SECRET: secrets.customerClientSecret,
      PUBLIC_URL: local(ports.order),
      WEB_DIR: join(root, "dist", "web"),
      ...stockAndPayment,
    },
    stock: {
      MYSQL_URL: mysqlUrl(context),
      MENU_FILE: join(root, "services", "stock", "menu.json"),
      ...(settings.stripe === undefined ? {} : { STRIPE_SECRET_KEY: settings.stripe.secretKey }),
      ...orderUrl,
    },
    payment: {
      ...stripeKeys(context, settings),
      ...(settings.stripe === undefined ? { STRIPE_API_URL: local(ports.standin) } : {}),
      PUBLIC_URL: local(ports.order),
      ...orderUrl,
    },
    kitchen: orderUrl,
    staff: {
      STAFF_PUBLIC_URL: local(ports.staff),
      STAFF_SESSION_SECRET: secrets.staffSessionSecret,
      STAFF_OIDC_ISSUER: issuerOf(context),
      STAFF_OIDC_CLIENT_ID: staffClientId,
      STAFF_OIDC_CLIENT_SECRET: secrets.staffClientSecret,
      STAFF_WEB_DIR: join(root, "dist", "staff"),
      STAFF_TRACE_URL: `${local(ports.zipkin)}/zipkin/traces/{traceId}`,
      RABBITMQ_URL: staffRabbitmqUrl(context),
      ...orderUrl,
      ...stockAndPayment,
    },
  };
}

function shared(context: Context, name: Instance, settings: ServiceSettings): Environment {
  const { ports, secrets } = context;
  return {
    ...nodeSettings,
    NODE_ENV: "production",
    HOST: "127.0.0.1",
    APP_PORT: String(ports[`${name}-app`]),
    ...otherPorts(ports, name),
    DAPR_HTTP_PORT: String(ports[`${name}-dapr-http`]),
    DAPR_GRPC_PORT: String(ports[`${name}-dapr-grpc`]),
    DAPR_API_TOKEN: secrets.daprApiToken,
    APP_API_TOKEN: secrets.appApiToken,
    CONSUL_URL: local(ports.consul),
    REGISTER_ADDRESS: "127.0.0.1",
    DAPR_INTERNAL_GRPC_PORT: String(ports[`${name}-dapr-internal`]),
    ZIPKIN_URL: zipkinSpansUrl(context),
    TRACE_SAMPLE_RATIO: String(settings.traceSampleRatio),
  };
}

/** The public's and plain gRPC's, for the apps that serve them. */
function otherPorts(ports: Context["ports"], name: Instance): Environment {
  return {
    ...(isFront(appOf(name)) && { PORT: String(ports[name as PortName]) }),
    ...(hasGrpc(appOf(name)) && { GRPC_PORT: String(ports[`${name}-grpc` as PortName]) }),
  };
}

function node(
  name: Instance | "standin",
  port: number,
  path: string,
  env: Environment,
  { profileFolder: folder }: Pick<ServiceSettings, "profileFolder"> = {},
): Part {
  const profile = folder ? ["--cpu-prof", `--cpu-prof-dir=${folder}`, `--cpu-prof-name=${name}.cpuprofile`] : [];
  const program = name === "standin" ? name : appOf(name);
  return {
    name,
    command: process.execPath,
    args: [...profile, join(root, "dist", `${program}.js`)],
    cwd: root,
    env,
    ready: answers(`${local(port)}${path}`),
    graceMs: 15_000,
  };
}

/** A process of a service, with the whole environment that it reads. Ready is its own word on /readyz. */
export function service(context: Context, name: Instance, settings: ServiceSettings): Part {
  const env = { ...shared(context, name, settings), ...own(context, settings)[appOf(name)], ...settings.env };
  return node(name, context.ports[`${name}-app`], "/readyz", env, settings);
}

/** Stripe's stand-in: sends its webhooks to the payment service and shows the customer a page to pay on. */
export function standin(context: Context, settings: ServiceSettings): Part {
  const { ports } = context;
  const env = {
    NODE_ENV: "production",
    HOST: "127.0.0.1",
    PORT: String(ports.standin),
    STANDIN_PUBLIC_URL: local(ports.standin),
    ...stripeKeys(context, settings),
    WEBHOOK_URL: `${local(ports.payment)}/api/stripe/webhook`,
    ...settings.env,
  };
  return node("standin", ports.standin, "/healthz", env);
}
