import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { deployed } from "../services.ts";
import { podsOf } from "./pods.ts";
import { objectsIn } from "./render.ts";
import { base, renderWith } from "./testing.ts";

/** A way in from outside. */
const wayIn = { ingress: { enabled: true }, networkPolicy: { front: [{ namespaceSelector: {} }] } };

const annotationsOf = async (name: string, values: object): Promise<Record<string, string>> => {
  const objects = objectsIn(await renderWith("kubernetes-names", values));
  const deployment = objects.find(({ kind, metadata }) => kind === "Deployment" && metadata.name === name);
  return (deployment as unknown as { spec: { template: { metadata: { annotations: Record<string, string> } } } }).spec
    .template.metadata.annotations;
};

test("a token for Consul reaches the services and their sidecars from a secret alone", async () => {
  const values = { nameResolution: "consul", consul: { address: "[fd00::1]:8500", token: "s3cret" } };
  const text = await renderWith("production", values);
  const env =
    "name: CONSUL_HTTP_TOKEN\n          valueFrom:\n            secretKeyRef:\n              key: token\n              name: gorder-consul";
  expect(text.replaceAll(/^ +/gm, "")).toContain(env.replaceAll(/^ +/gm, ""));
  expect(text).toContain('dapr.io/volume-mounts: "consul-token:/etc/gorder-consul"');
  expect(text).toContain("tokenFile: /etc/gorder-consul/token");
  expect(text).toContain("http://[fd00::1]:8500");
  expect(text).not.toContain("s3cret");
  expect(text.split(btoa("s3cret"))).toHaveLength(2);
  expect(await renderWith("production", { nameResolution: "consul" })).not.toContain("CONSUL_HTTP_TOKEN");
});

test("with a provider for customers order is told of it, and the way in leads to its sign-in", async () => {
  const values = { customerOidc: { issuer: "https://id.example.com", clientSecret: "s3cret-of-ours" } };
  const text = await renderWith("production", values);
  for (const part of ["value: /auth }", "name: CUSTOMER_OIDC_ISSUER", "name: gorder-customer-oidc"])
    expect(text).toContain(part);
  expect(text).not.toContain("s3cret-of-ours");
  expect(await renderWith("production", {})).not.toMatch(/CUSTOMER_OIDC|\/auth }/);
});

describe("wrong values are refused by name", () => {
  test.each<[string, string, object]>([
    ["additional properties 'replcas' not allowed", "development", { order: { replcas: 3 } }],
    ["at '/kitchen/cooks': got string, want integer", "development", { kitchen: { cooks: "many" } }],
    [
      "at '/monitoring/rules/runbooks': 'wiki' does not match pattern",
      "production",
      { monitoring: { rules: { runbooks: "wiki" } } },
    ],
    [
      "at '/consul/address': 'http://consul:8500' does not match pattern",
      "production",
      { consul: { address: "http://consul:8500" } },
    ],
    ["at '/nameResolution': value must be one of 'consul', 'kubernetes'", "production", { nameResolution: "dns" }],
    ...["collector:4318", "http://collector", "http://collector:4318/v1/traces"].map(
      (endpoint): [string, string, object] => [
        `at '/tracing/otlp/endpoint': '${endpoint}' does not match pattern`,
        "production",
        { tracing: { otlp: { endpoint } } },
      ],
    ),
    ["at '/tracing/sampleRatio'", "production", { tracing: { sampleRatio: 5 } }],
    ["publicUrl is missing", "production", { publicUrl: "" }],
    ["mysql.url or mysql.existingSecret is missing", "production", { mysql: { existingSecret: "" } }],
    ["keep.connectionString or keep.existingSecret is missing", "production", { keep: { existingSecret: "" } }],
    ...["mysql://keep:p@db:3306/keep", "keep:p/w@tcp(db:3306)/", "keep:p@tcp(db:3306)/keep", "keep:p@tcp(db:3306)"].map(
      (connectionString): [string, string, object] => [
        "keep.connectionString does not look like one",
        "kubernetes-names",
        { keep: { connectionString } },
      ],
    ),
    ["redis.host or redis.existingSecret is missing", "development", { development: { servers: ["mysql"] } }],
    ["oidc.jwksUrl, oidc.issuer and oidc.audience go together", "production", { oidc: { issuer: "x" } }],
    [
      "oidc and customerOidc exclude each other",
      "production",
      {
        customerOidc: { issuer: "https://a.example" },
        oidc: { jwksUrl: "https://b.example/keys", issuer: "b", audience: "c" },
      },
    ],
    ["staffOidc.issuer is missing", "production", { staffOidc: { issuer: "" } }],
    ["at '/kitchen/mode': value must be one of 'auto', 'board'", "production", { kitchen: { mode: "robots" } }],
    ["gateway.parentRefs is missing", "production", { gateway: { parentRefs: [] } }],
    ["ingress.enabled and gateway.enabled exclude each other", "production", { ingress: { enabled: true } }],
    ["networkPolicy.front is missing", "production", { networkPolicy: { front: [] } }],
  ])("%s", async (message, example, values) => {
    await expect(renderWith(example, values)).rejects.toThrow(message);
  });

  test("a secret that is refused is not shown", async () => {
    const wrong = { session: { secret: "s3cret-but-short" }, mongodb: { url: "http://user:s3cret@host" } };
    const refused = await renderWith("kubernetes-names", wrong).catch((error: Error) => error.message);
    expect(refused).toContain("session.secret does not look like one");
    expect(refused).toContain("mongodb.url does not look like one");
    expect(refused).not.toContain("s3cret");
  });

  test("nothing runs a server of the development set unless it is asked for", async () => {
    const objects = objectsIn(await renderWith("production", {}));
    expect(objects.filter(({ kind }) => kind === "Deployment").map(({ metadata }) => metadata.name)).toEqual(
      expect.arrayContaining([...deployed]),
    );
    expect(objects.filter(({ kind }) => kind === "Deployment")).toHaveLength(deployed.length);
  });
});

test("staff.enabled=false leaves out the service, its secrets and every way to it and from it", async () => {
  const without = await renderWith("kubernetes-names", {
    staff: { enabled: false },
    staffOidc: { issuer: "" },
    ...wayIn,
    monitoring: { serviceMonitor: { enabled: true } },
  });
  expect(without).not.toMatch(/staff/i);
});

test("an upgrade leaves the stand-in as it is, whose money would be forgotten, until the shop has another name", async () => {
  const variables = async (values: object) => {
    const objects = objectsIn(await renderWith("development", values));
    const pod = podsOf(objects).find(({ of }) => of === "Deployment standin");
    return pod?.containers.flatMap(({ env = [] }) => env.map(({ name }) => name));
  };
  const before = ["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "STANDIN_PUBLIC_URL"];
  expect(await variables({})).toEqual([...before, "WEBHOOK_URL"]);
  expect(await variables({ shop: { name: "Da Carla" } })).toEqual([...before, "SHOP_NAME", "WEBHOOK_URL"]);
});

test("a server of the development set that nobody talks to lets nobody in", async () => {
  const values = { nameResolution: "kubernetes" };
  const policies = objectsIn(await renderWith("development", values)).filter(({ kind }) => kind === "NetworkPolicy");
  const ways = policies.flatMap(
    (policy) => (policy as unknown as { spec: { ingress?: { from?: unknown }[] } }).spec.ingress ?? [],
  );
  expect(ways.length).toBeGreaterThan(5);
  expect(ways.filter(({ from }) => !Array.isArray(from) || from.length === 0)).toEqual([]);
});

test("where there is no way in from outside, nobody is let in to the staff's page", async () => {
  const policy = async (values: object) =>
    objectsIn(await renderWith("kubernetes-names", values)).find(
      ({ kind, metadata }) => kind === "NetworkPolicy" && metadata.name === "staff",
    ) as unknown as { spec: { ingress?: unknown[] } };
  expect((await policy({})).spec.ingress).toBeUndefined();
  expect((await policy(wayIn)).spec.ingress).toHaveLength(1);
});

describe("a change restarts what it concerns, and nothing else", () => {
  const changed = async (values: object) => {
    const [before, after] = await Promise.all(
      [{}, values].map((each) => Promise.all(deployed.map((name) => annotationsOf(name, each)))),
    );
    return deployed.filter((_, at) => JSON.stringify(before?.[at]) !== JSON.stringify(after?.[at]));
  };

  test.each<[string, string[], object]>([
    ["MySQL's address", ["stock"], { mysql: { url: "mysql://gorder:other@elsewhere:3306/stock" } }],
    [
      "RabbitMQ's address",
      ["order", "payment", "kitchen", "staff"],
      { rabbitmq: { connectionString: "amqp://a:b@other:5672" } },
    ],
    ["the address of what keeps", ["payment", "staff"], { keep: { connectionString: "keep:other@tcp(other:3306)/" } }],
    ["Redis's password", ["order", "stock", "payment"], { redis: { password: "other" } }],
    [
      "the staff's sessions' secret",
      ["staff"],
      { staffSession: { secret: "another-secret-of-32-characters-or-more" } },
    ],
    ["the staff's own broker user", ["staff"], { staffRabbitmq: { connectionString: "amqp://staff:s@other:5672" } }],
    ["the sessions' secret", ["order"], { session: { secret: "another-secret-of-32-characters-or-more" } }],
    [
      "an example menu",
      ["stock"],
      { stock: { menu: { products: parse(readFileSync(base("production"), "utf8")).stock.menu.products } } },
    ],
  ])("%s", async (_, names, values) => {
    expect(await changed(values)).toEqual(names);
  });
});

describe("KEDA", () => {
  const scaled = async (values: object) => {
    const objects = objectsIn(await renderWith("production", values));
    const named = (wanted: string) =>
      objects
        .filter(({ kind }) => kind === wanted)
        .map(({ metadata }) => metadata.name)
        .sort();
    return { byKeda: named("ScaledObject"), byCpu: named("HorizontalPodAutoscaler") };
  };
  const prometheusUrl = "http://prometheus:9090";

  test("scales payment by its queue, and leaves the kitchen to CPU where no Prometheus knows what waits for it", async () => {
    const { byKeda, byCpu } = await scaled({ keda: { enabled: true } });
    expect(byKeda).toEqual(["payment"]);
    expect(byCpu).toContain("kitchen");
    expect(byCpu).not.toContain("payment");
  });

  test("scales the kitchen by the orders that wait, unless people cook", async () => {
    const values = { keda: { enabled: true, prometheusUrl } };
    expect((await scaled(values)).byKeda).toEqual(["kitchen", "payment"]);
    expect((await scaled(values)).byCpu).not.toContain("kitchen");
    expect((await scaled({ ...values, kitchen: { mode: "board" } })).byKeda).toEqual(["payment"]);
  });

  test("asks for a number that the services tell", async () => {
    const yaml = await renderWith("production", { keda: { enabled: true, prometheusUrl } });
    const [, metric = ""] = /query: .*\((gorder_\w+)\{/.exec(yaml) ?? [];
    expect(readFileSync("services/order/adapters/orderGauges.ts", "utf8")).toContain(`"${metric}"`);
  });
});

describe("rules and dashboards", () => {
  const kinds = async (values: object) =>
    objectsIn(await renderWith("kubernetes-names", values)).filter(
      ({ kind, metadata }) => kind === "PrometheusRule" || metadata.labels?.grafana_dashboard === "1",
    );

  test("are there when they are asked for, and not before", async () => {
    expect(await kinds({})).toEqual([]);
    const monitoring = { rules: { enabled: true }, dashboards: { enabled: true } };
    const names = (await kinds({ monitoring })).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(names.sort()).toEqual([
      "ConfigMap gorder-load",
      "ConfigMap gorder-messages",
      "ConfigMap gorder-services",
      "ConfigMap gorder-shop",
      "PrometheusRule gorder",
    ]);
  });

  test("send whoever is woken to the runbooks where they are kept", async () => {
    const urls = async (runbooks: string) => {
      const yaml = await renderWith("kubernetes-names", { monitoring: { rules: { enabled: true, runbooks } } });
      return [...yaml.matchAll(/runbook_url: (\S+)/g)].map(([, url = ""]) => url);
    };
    expect(await urls("https://wiki.example.com/gorder/")).toContain("https://wiki.example.com/gorder/GorderErrors.md");
    expect(await urls("")).toContain("docs/runbooks/GorderErrors.md");
  });
});
