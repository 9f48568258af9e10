import { findProgram } from "../../dev/programs/ensure.ts";
import { type App, apps, type FrontApp, hasGrpc, isFront } from "../../dev/services.ts";
import type { Context } from "../../dev/stack/parts/context.ts";
import { local } from "../../dev/stack/parts/context.ts";
import { mongodbUrl } from "../../dev/stack/parts/mongodb.ts";
import { mysqlUrl } from "../../dev/stack/parts/mysql.ts";
import { rabbitmqUrl, rabbitmqUser } from "../../dev/stack/parts/rabbitmq.ts";
import { instancesOf } from "../../dev/stack/ports.ts";

type ProvidedApp = {
  /** What its sidecar calls, with health and numbers. */
  readonly appUrl: string;
  /** Of every replica; the first is `appUrl`. */
  readonly appUrls: readonly string[];
  /** Plain gRPC (h2c), where the app serves it. */
  readonly grpcUrl: string | undefined;
  /** The app's own sidecar; its API demands `daprApiToken`. */
  readonly daprHttpPort: number;
  readonly daprGrpcPort: number;
};

/** One that serves the public too. */
type ProvidedFront = ProvidedApp & {
  readonly url: string;
  /** Of every replica; the first is `url`. */
  readonly urls: readonly string[];
};

type ProvidedApps = { readonly [Name in App]: Name extends FrontApp ? ProvidedFront : ProvidedApp };

/** What `inject("stack")` gives to a test. The apps run in e2e tests; int tests may count on the servers alone. */
export type ProvidedStack = {
  readonly mysqlUrl: string;
  readonly mongodbUrl: string;
  readonly redis: { readonly host: string; readonly port: number; readonly password: string };
  readonly rabbitmq: {
    readonly url: string;
    readonly managementUrl: string;
    readonly user: string;
    readonly password: string;
  };
  readonly zipkinUrl: string;
  readonly consulUrl: string;
  readonly stripeMockUrl: string;
  readonly standinUrl: string;
  readonly apps: ProvidedApps;
  /** A sidecar with no app behind it, allowed to use every component. */
  readonly testSidecar: { readonly appId: string; readonly httpPort: number; readonly grpcPort: number };
  readonly daprApiToken: string;
  readonly appApiToken: string;
  readonly sessionSecret: string;
  readonly stripeSecretKey: string;
  readonly stripeWebhookSecret: string;
  readonly chromium: string;
  /** Logs are in `log/<part>.log`, the running processes in `stack.json`. */
  readonly dataFolder: string;
};

declare module "vitest" {
  interface ProvidedContext {
    stack: ProvidedStack;
  }
}

/** What tests are told of a stack. */
export async function provided(
  context: Pick<Context, "ports" | "secrets" | "data">,
  replicas: number,
): Promise<ProvidedStack> {
  const { ports, secrets, data } = context;
  const whole = { ...context, programs: {} as Context["programs"] };
  const app = (name: App): ProvidedApp => ({
    appUrl: local(ports[`${name}-app`]),
    appUrls: instancesOf(name, replicas).map((instance) => local(ports[`${instance}-app`])),
    ...(isFront(name) && {
      url: local(ports[name]),
      urls: instancesOf(name, replicas).map((instance) => local(ports[instance])),
    }),
    grpcUrl: hasGrpc(name) ? local(ports[`${name}-grpc`]) : undefined,
    daprHttpPort: ports[`${name}-dapr-http`],
    daprGrpcPort: ports[`${name}-dapr-grpc`],
  });
  return {
    mysqlUrl: mysqlUrl(whole),
    mongodbUrl: mongodbUrl(whole),
    redis: { host: "127.0.0.1", port: ports.redis, password: secrets.redisPassword },
    rabbitmq: {
      url: rabbitmqUrl(whole),
      managementUrl: local(ports["rabbitmq-management"]),
      user: rabbitmqUser,
      password: secrets.rabbitmqPassword,
    },
    zipkinUrl: local(ports.zipkin),
    consulUrl: local(ports.consul),
    stripeMockUrl: local(ports["stripe-mock"]),
    standinUrl: local(ports.standin),
    apps: Object.fromEntries(apps.map((name) => [name, app(name)])) as ProvidedApps,
    testSidecar: {
      appId: "testapp",
      httpPort: ports["testapp-dapr-http"],
      grpcPort: ports["testapp-dapr-grpc"],
    },
    daprApiToken: secrets.daprApiToken,
    appApiToken: secrets.appApiToken,
    sessionSecret: secrets.sessionSecret,
    stripeSecretKey: secrets.stripeSecretKey,
    stripeWebhookSecret: secrets.stripeWebhookSecret,
    chromium: (await findProgram("chromium")) ?? "chromium",
    dataFolder: data,
  };
}
