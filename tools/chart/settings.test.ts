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
const secret = "a secret of thirty-two characters";

/** The variables that the image sets, from its Dockerfile. */
const dockerfile = readFileSync(join(import.meta.dirname, "..", "..", "Dockerfile"), "utf8");
const ofImage = [...(/^ENV NODE_ENV.*$/m.exec(dockerfile)?.[0] ?? "").matchAll(/(\w+)=(\S+)/g)].map(
  ([, name = "", value = ""]) => [name, value] as const,
);

const pods = new Map(Object.keys(examples).map((example) => [example, podsOf(objectsIn(readGolden(example)))]));

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

  test.each(cases)("gives %s nothing that it does not read (%s)", (name, example) => {
    const read = Object.keys(settings[name].shape);
    expect(given(name, example).filter((one) => !read.includes(one.name))).toEqual([]);
  });
});
