import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { inCluster } from "../../ops/load/job.ts";
import { type KubeObject, objectsIn } from "./render.ts";
import { base, renderWith } from "./testing.ts";

const { products } = parse(readFileSync(base("production"), "utf8")).stock.menu;

/** Everything that the chart can make, with a way in, monitoring and KEDA. */
const all = {
  caBundle: { pem: "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n" },
  ingress: { enabled: true },
  keda: { enabled: true, prometheusUrl: "http://prometheus:9090" },
  defaults: { autoscaling: { enabled: true } },
  stock: { menu: { products } },
  development: { persistence: { enabled: true } },
  networkPolicy: { front: [{ namespaceSelector: {} }] },
  monitoring: { serviceMonitor: { enabled: true }, rules: { enabled: true }, dashboards: { enabled: true } },
};
type ServiceObject = KubeObject & { spec: { ports: { port: number }[] } };
const title = ({ kind, metadata }: KubeObject) => `${kind} ${metadata.name}`;
const named = async (values: object) => objectsIn(await renderWith("development", { ...all, ...values }));

/** What the services know by name, and so has the same one everywhere. */
const fixed = (object: KubeObject) => object.kind === "Component";

describe("fullnameOverride", () => {
  test("is before every object's name but the components', which the services know", async () => {
    const [plain, renamed] = await Promise.all([named({}), named({ fullnameOverride: "trattoria" })]);
    const expected = plain.map((object) => {
      const { kind, metadata } = object;
      if (fixed(object)) return title(object);
      return `${kind} trattoria-${metadata.name.replace(/^gorder-?/, "")}`.replace(/-$/, "");
    });
    expect(renamed.map(title)).toEqual(expected);
    expect(renamed.filter(fixed)).toHaveLength(4);
  });

  test("leaves no reference to a name that is gone", async () => {
    const [plain, renamed] = await Promise.all([named({}), named({ fullnameOverride: "trattoria" })]);
    const gone = new Set(plain.filter((object) => !fixed(object)).map(({ metadata }) => metadata.name));
    const there = new Set(renamed.map(({ metadata }) => metadata.name));
    const references = renamed.flatMap((object) => referencesIn(object));
    expect(references.length).toBeGreaterThan(50);
    expect(references.filter(([, name]) => gone.has(name) && !there.has(name))).toEqual([]);
  });

  test("is before the hosts that a load from inside the cluster is told", async () => {
    const hosts = Object.values(inCluster).map((url) => new URL(url));
    for (const [prefix, values] of [["", {}] as const, ["trattoria-", { fullnameOverride: "trattoria" }] as const]) {
      const services = (await named(values)).filter(({ kind }) => kind === "Service") as ServiceObject[];
      const ports = hosts.map(({ hostname }) => {
        return services.find(({ metadata }) => metadata.name === prefix + hostname)?.spec.ports.map(({ port }) => port);
      });
      for (const [index, { port }] of hosts.entries()) expect(ports[index]).toContain(Number(port));
    }
  });

  test("changes no app id, no queue and nothing that pods are chosen by", async () => {
    const kept = (objects: KubeObject[]) =>
      JSON.stringify(objects).match(/"(dapr\.io\/app-id|queueName|app\.kubernetes\.io\/(name|instance))":"[^"]*"/g);
    const [plain, renamed] = await Promise.all([named({}), named({ fullnameOverride: "trattoria" })]);
    expect(kept(renamed)?.length).toBeGreaterThan(100);
    expect(kept(renamed)).toEqual(kept(plain));
  });
});

test("nameOverride is before them after the release's own name", async () => {
  const names = (await named({ nameOverride: "eat" })).map(title);
  expect(names).toContain("Deployment gorder-eat-order");
  expect(names).toContain("ServiceMonitor gorder-eat");
});

test.each(["-shop", "Shop", "shop.eat", "a".repeat(41)])("%s is no beginning of a name", async (fullnameOverride) => {
  await expect(renderWith("development", { fullnameOverride })).rejects.toThrow("at '/fullnameOverride'");
});

const keys = /^(serviceAccountName|secretName|claimName|dapr\.io\/(config|app-token-secret|api-token-secret))$/;
const holders = /^(scaleTargetRef|service|secretKeyRef|configMap|authenticationRef|secretTargetRef)$/;

/** Where an object names another one, and that name: by a field of its own, in a reference, or as a host. */
function referencesIn(value: unknown, path = "", key = ""): [path: string, name: string][] {
  if (typeof value === "string") {
    const hosts = [...value.matchAll(/(?:\/\/|@|^)([a-z][a-z-]*):\d{4,5}\b/g)].map(([, host = ""]) => host);
    return [...hosts, ...(keys.test(key) ? [value] : [])].map((name) => [path, name]);
  }
  if (typeof value !== "object" || value === null) return [];
  const { name } = value as { name?: unknown };
  const own: [string, string][] = holders.test(key) && typeof name === "string" ? [[path, name]] : [];
  const isList = Array.isArray(value);
  const inner = Object.entries(value).flatMap(([at, one]) => referencesIn(one, `${path}/${at}`, isList ? key : at));
  return [...own, ...inner];
}
