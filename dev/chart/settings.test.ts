import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { apps, deployed, isOptional, type ServiceName, services } from "../services.ts";
import { settings } from "../settings.ts";
import { readGolden } from "./golden.ts";
import { type EnvVariable, podsOf } from "./pods.ts";
import { objectsIn } from "./render.ts";

const examples = {
  development: services.filter((name) => !isOptional(name)),
  production: deployed,
  "kubernetes-names": deployed,
  monitoring: apps,
};
const cases = Object.entries(examples).flatMap(([example, names]) => names.map((name) => [name, example] as const));

/** What comes from secrets and from the cluster: something of the right shape. */
const fromElsewhere: Readonly<Record<string, string>> = {
  MONGODB_URL: "mongodb://mongodb/",
  MYSQL_URL: "mysql://mysql/stock",
  RABBITMQ_URL: "amqp://rabbitmq/",
  REGISTER_ADDRESS: "10.0.0.1",
};
/** What no value of the chart's own sets, and why; `env` and `extraEnv` of a service still do. */
const notByValue: Readonly<Record<string, string>> = {
  APP_HOST: "the sidecar is in the same pod",
  CONSUL_HTTP_TOKEN_FILE:
    "the token comes from consul.existingSecret; a file needs a volume, as extraVolumes brings it",
  WEB_DIR: "the image has the page where the service looks for it",
  STAFF_WEB_DIR: "the image has the page where the service looks for it",
  "stock.STRIPE_API_URL": "stock asks for prices at Stripe alone: what plays it has none",
  STOCK_URL: "past the sidecars, for measuring alone: the network policies would not let it through",
  PAYMENT_URL: "past the sidecars, for measuring alone",
  ORDER_URL: "past the sidecars, for measuring alone",
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "tracing.otlp.endpoint serves services and sidecars, which know one address",
  OTEL_EXPORTER_OTLP_PROTOCOL: "there is one that the services speak",
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: "there is one that the services speak",
};

const secret = "a secret of thirty-two characters";

/** The variables that the image sets, from its Dockerfile. */
const dockerfile = readFileSync(join(import.meta.dirname, "..", "..", "Dockerfile"), "utf8");
const ofImage = [...(/^ENV NODE_ENV.*$/m.exec(dockerfile)?.[0] ?? "").matchAll(/(\w+)=(\S+)/g)].map(
  ([, name = "", value = ""]) => [name, value] as const,
);

const pods = new Map(
  [...Object.keys(examples), "ingress", "private-servers"].map((example) => [
    example,
    podsOf(objectsIn(readGolden(example))),
  ]),
);

/** What the service's container gets from the chart, as the example was reviewed. */
function given(name: ServiceName, example: string): readonly EnvVariable[] {
  const pod = pods.get(example)?.find(({ of }) => of === `Deployment ${name}`);
  return pod?.containers.find((container) => container.name === name)?.env ?? [];
}

describe("the chart", () => {
  test.each(cases)("gives %s all that it needs to start (%s)", (name, example) => {
    const env = Object.fromEntries([
      ...ofImage,
      ...given(name, example).map((one) => [one.name, one.value ?? fromElsewhere[one.name] ?? secret]),
    ]);
    const result = settings[name].safeParse(env);
    expect(result.error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? []).toEqual([]);
  });

  test.each(deployed)("can set whatever %s reads, but for what is named here with its reason", (name) => {
    const set = new Set([
      ...ofImage.map(([variable]) => variable),
      ...[...pods.keys()].flatMap((example) => given(name, example).map((one) => one.name)),
    ]);
    const unset = Object.keys(settings[name].shape).filter((variable) => !set.has(variable));
    expect(unset.filter((variable) => !(variable in notByValue) && !(`${name}.${variable}` in notByValue))).toEqual([]);
  });

  test("names nothing as out of reach that it does set, or that nobody reads", () => {
    const both = (name: string, variables: readonly string[]) => variables.flatMap((one) => [one, `${name}.${one}`]);
    const read = deployed.flatMap((name) => both(name, Object.keys(settings[name].shape)));
    const set = deployed.flatMap((name) =>
      [...pods.keys()].flatMap((example) =>
        both(
          name,
          given(name, example).map((one) => one.name),
        ),
      ),
    );
    const wrong = Object.keys(notByValue).filter((variable) => !read.includes(variable) || set.includes(variable));
    expect(wrong).toEqual([]);
  });

  test.each(cases)("gives %s nothing that it does not read (%s)", (name, example) => {
    const read = Object.keys(settings[name].shape);
    expect(given(name, example).filter((one) => !read.includes(one.name))).toEqual([]);
  });
});
