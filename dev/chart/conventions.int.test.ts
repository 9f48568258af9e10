import { describe, expect, test } from "vitest";
import { deployed } from "../services.ts";
import { podsOf } from "./pods.ts";
import { objectsIn } from "./render.ts";
import { renderWith } from "./testing.ts";

const digest = `sha256:${"a".repeat(64)}`;

describe("what charts take by custom", () => {
  test("commonLabels are on every object and every pod, and choose none", async () => {
    const objects = objectsIn(await renderWith("production", { commonLabels: { team: "kitchen" } }));
    expect(objects.filter(({ metadata }) => metadata.labels?.team !== "kitchen")).toEqual([]);
    const text = JSON.stringify(objects);
    expect(text.match(/"template":\{"metadata":\{"labels":\{[^}]*"team":"kitchen"/g)?.length).toBeGreaterThan(5);
    expect(text).not.toMatch(/"(matchLabels|selector)":\{[^}]*"team"/);
  });

  test("an image by its digest goes before the tag, for the jobs that use it too", async () => {
    const pods = podsOf(objectsIn(await renderWith("production", { image: { digests: { stock: digest } } })));
    const images = pods.flatMap(({ of, containers }) => containers.map(({ image }) => `${of}: ${image}`));
    const byDigest = images.filter((line) => line.endsWith(`/stock@${digest}`)).map((line) => line.split(": ")[0]);
    expect(new Set(byDigest)).toEqual(new Set(["Deployment stock", "Job schema"]));
    expect(images.filter((line) => line.includes("@"))).toHaveLength(byDigest.length);
    expect(images.filter((line) => line.includes("/stock:"))).toEqual([]);
  });

  test("one service gets variables, volumes, init containers and an account's annotations of its own", async () => {
    const yaml = await renderWith("production", {
      order: {
        extraEnv: [
          { name: "ORDER_TTL", value: "10m" },
          { name: "MY_NODE", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } },
        ],
        envFrom: [{ secretRef: { name: "more" } }],
        extraVolumes: [{ name: "ca", configMap: { name: "ca" } }],
        extraVolumeMounts: [{ name: "ca", mountPath: "/etc/ca", readOnly: true }],
        initContainers: [{ name: "migrate", image: "busybox" }],
        serviceAccountAnnotations: { "eks.amazonaws.com/role-arn": "arn" },
      },
    });
    const objects = objectsIn(yaml);
    const find = (kind: string, name: string) =>
      objects.find((object) => object.kind === kind && object.metadata.name === name);
    const { spec } = (find("Deployment", "order") as unknown as Deployment).spec.template;
    const [container] = spec.containers;
    const named = (name: string) => container?.env.filter((one) => one.name === name);
    expect(named("ORDER_TTL")).toEqual([{ name: "ORDER_TTL", value: "10m" }]);
    expect(named("MY_NODE")).toEqual([{ name: "MY_NODE", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } }]);
    expect(container).toMatchObject({ envFrom: [{ secretRef: { name: "more" } }], volumeMounts: [{ name: "ca" }] });
    expect(spec.volumes).toEqual([{ name: "ca", configMap: { name: "ca" } }]);
    expect(spec.initContainers.map(({ name }) => name)).toEqual(["wait-for-consul", "migrate"]);
    expect(find("ServiceAccount", "order")).toMatchObject({
      metadata: { annotations: { "eks.amazonaws.com/role-arn": "arn" } },
    });
    const others = deployed.filter((name) => name !== "order").map((name) => find("Deployment", name));
    expect(JSON.stringify(others)).not.toMatch(/MY_NODE|"migrate"|"ca"/);
  });

  test("an existing secret may name its keys otherwise, for service, job and sidecar alike", async () => {
    const yaml = await renderWith("production", {
      mysql: { keys: { url: "MYSQL_URI" } },
      redis: { keys: { password: "redis-password" } },
    });
    expect(yaml.match(/name: shop-mysql\s+key: MYSQL_URI|key: MYSQL_URI/g)).toHaveLength(2);
    expect(yaml.match(/key: redis-password/g)?.length).toBeGreaterThan(0);
    expect(yaml).not.toMatch(/name: shop-redis\s+key: password|key: password\s+name: shop-redis/);
  });

  test("a sidecar finds Consul's token in its file, whatever the key of the secret is called", async () => {
    const consul = { existingSecret: "shop-consul", keys: { token: "CONSUL_TOKEN" } };
    const objects = objectsIn(await renderWith("production", { nameResolution: "consul", consul }));
    const { volumes } = (
      objects.find(({ kind, metadata }) => kind === "Deployment" && metadata.name === "order") as unknown as Deployment
    ).spec.template.spec;
    const items = [{ key: "CONSUL_TOKEN", path: "token" }];
    expect(volumes).toContainEqual({ name: "consul-token", secret: { secretName: "shop-consul", items } });
  });

  test("the customers' provider's secret may name its key otherwise, too", async () => {
    const customerOidc = { issuer: "https://id.example.com", existingSecret: "shop-id", keys: { clientSecret: "ID" } };
    expect(await renderWith("production", { customerOidc })).toMatch(/name: shop-id\s+key: ID|key: ID\s+name: shop-id/);
  });
});

type Deployment = {
  spec: {
    template: {
      spec: {
        initContainers: { name: string }[];
        volumes: unknown[];
        containers: { env: { name: string }[] }[];
      };
    };
  };
};

describe("secrets that the chart makes", () => {
  const without = {
    session: { secret: "" },
    appToken: { token: "" },
    apiToken: { token: "" },
    staffSession: { secret: "" },
  };

  test("are the same at each rendering when they are made from a seed, and differ from each other", async () => {
    const values = { ...without, generatedSecrets: { seed: "a seed that has thirty-two characters or more" } };
    const [once, again] = await Promise.all([1, 2].map(() => renderWith("kubernetes-names", values)));
    expect(once).toBe(again);
    const made = [...(once ?? "").matchAll(/^ {2}(?:secret|token): "?([A-Za-z0-9+/=]{80,})"?$/gm)].map(
      ([, value]) => value,
    );
    expect(new Set(made).size).toBe(4);
  });

  test("are asked for by name when none is to be made", async () => {
    const refused = renderWith("kubernetes-names", { ...without, generatedSecrets: { enabled: false } });
    await expect(refused).rejects.toThrow("session.secret or session.existingSecret is missing");
  });
});

describe("what contradicts itself is refused by name", () => {
  const variable = { name: "LOG_LEVEL", value: "debug" };
  test.each<[string, object]>([
    [
      "kitchen.extraEnv and kitchen.env both set LOG_LEVEL",
      { kitchen: { env: { LOG_LEVEL: "warn" }, extraEnv: [variable] } },
    ],
    [
      "stock.extraVolumeMounts: there is no volume ca in stock.extraVolumes",
      { stock: { extraVolumeMounts: [{ name: "ca", mountPath: "/ca" }] } },
    ],
    ...["config", "gorder-ca", "consul-token"].map((name): [string, object] => [
      `stock.extraVolumes: ${name} is the name of the chart's own volume`,
      { stock: { extraVolumes: [{ name }] } },
    ]),
    [
      "order.initContainers: wait-for-consul is the name of the chart's own container",
      { order: { initContainers: [{ name: "wait-for-consul" }] } },
    ],
    ["page.autoscaling: minReplicas is above maxReplicas", { page: { autoscaling: { minReplicas: 9 } } }],
    ["generatedSecrets.seed has fewer than 32 characters", { generatedSecrets: { seed: "short" } }],
    [
      "session.keys.secret names a key of session.existingSecret",
      { session: { existingSecret: "", keys: { secret: "x" } } },
    ],
    ["at '/image/digests/order'", { image: { digests: { order: "latest" } } }],
    ["image.digests.kitchn: there is no such service", { image: { digests: { kitchn: digest } } }],
    ["redis.keys.user: there is no such key, only host, password", { redis: { keys: { user: "x" } } }],
    [
      "commonLabels: app.kubernetes.io/name is a label of the chart's own",
      { commonLabels: { "app.kubernetes.io/name": "mine" } },
    ],
    [
      "dapr.sidecar.annotations: dapr.io/env is the chart's own where there is a caBundle",
      {
        caBundle: { existingConfigMap: "company-ca" },
        dapr: { sidecar: { annotations: { "dapr.io/env": "GODEBUG=http2client=0" } } },
      },
    ],
    ["at '/order/extraEnv/0'", { order: { extraEnv: [{ name: "X" }] } }],
    ["at '/staff/traceUrl'", { staff: { traceUrl: "https://traces.example.com" } }],
    ["at '/staff/session/idle'", { staff: { session: { idle: "forever" } } }],
    ["at '/order/limits/unpaidValue'", { order: { limits: { unpaidValue: -1 } } }],
  ])("%s", async (message, values) => {
    await expect(renderWith("production", values)).rejects.toThrow(message);
  });
});
