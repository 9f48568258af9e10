import { describe, expect, test } from "vitest";
import { objectsIn } from "./render.ts";
import { renderWith } from "./testing.ts";

const pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const example = "kubernetes-names";

type Metadata = readonly { readonly name: string; readonly value?: string }[];

/** A component's settings that have a value in them. */
async function componentOf(name: string, values: object): Promise<Record<string, string | undefined> | undefined> {
  const found = objectsIn(await renderWith(example, values)).find(
    ({ kind, metadata }) => kind === "Component" && metadata.name === name,
  ) as unknown as { spec: { metadata: Metadata } } | undefined;
  return found && Object.fromEntries(found.spec.metadata.map((one) => [one.name, one.value]));
}

describe("what contradicts another value, or is none, is refused by name", () => {
  test.each<[string, object]>([
    ["redis.cluster and redis.sentinelMaster are for the state alone", { redis: { sentinelMaster: "main" } }],
    ["redis.cluster and redis.sentinelMaster are for the state alone", { redis: { cluster: true } }],
    [
      "redis.cluster and redis.sentinelMaster exclude each other",
      { redis: { cluster: true, sentinelMaster: "main" }, dapr: { ownComponents: ["lockstore"] } },
    ],
    ["caBundle.pem holds no certificate in PEM", { caBundle: { pem: "/etc/ca.pem" } }],
    ["at '/rabbitmq/queueType': value must be one of 'classic', 'quorum'", { rabbitmq: { queueType: "stream" } }],
    ["at '/dapr/ownComponents/0': value must be one of", { dapr: { ownComponents: ["bindings"] } }],
  ])("%s", async (message, values) => {
    await expect(renderWith(example, values)).rejects.toThrow(message);
  });
});

test("a component of one's own is left out, and no other", async () => {
  const values = { dapr: { ownComponents: ["pubsub", "lockstore"] } };
  expect(await componentOf("pubsub", values)).toBeUndefined();
  expect(await componentOf("lockstore", values)).toBeUndefined();
  expect(await componentOf("statestore", values)).toBeDefined();
});

test("servers that only components of one's own would need are not asked for", async () => {
  const none = {
    redis: { host: "", password: "" },
    keep: { connectionString: "", database: "" },
    rabbitmq: { connectionString: "" },
  };
  const own = ["pubsub", "statestore", "keepstore", "lockstore"];
  const yaml = await renderWith(example, { ...none, dapr: { ownComponents: own } });
  expect(yaml).not.toMatch(/gorder-(redis|keep|rabbitmq)\b|RABBITMQ_URL/);
  const missing = "rabbitmq.connectionString or rabbitmq.existingSecret is missing";
  await expect(renderWith(example, { ...none, dapr: { ownComponents: own.slice(1) } })).rejects.toThrow(missing);
  await expect(renderWith(example, { ...none, dapr: { ownComponents: own.slice(0, 3) } })).rejects.toThrow(
    "redis.host or redis.existingSecret is missing",
  );
});

test("where the broker moves dead letters by policy, sidecars make no queues for them", async () => {
  expect(await componentOf("pubsub", {})).toMatchObject({ enableDeadLetter: "true" });
  expect(await componentOf("pubsub", { rabbitmq: { deadLetters: "policy" } })).toMatchObject({
    enableDeadLetter: "false",
  });
});

test("state follows a Sentinel or a cluster, whose lock is another's", async () => {
  const dapr = { ownComponents: ["lockstore"] };
  expect(await componentOf("statestore", { dapr, redis: { sentinelMaster: "main" } })).toMatchObject({
    failover: "true",
    sentinelMasterName: "main",
  });
  expect(await componentOf("statestore", { dapr, redis: { cluster: true } })).toMatchObject({ redisType: "cluster" });
});

test("authorities reach every container that speaks to a server, before the first of them does", async () => {
  const yaml = await renderWith(example, { nameResolution: "consul", consul: { tls: true }, caBundle: { pem } });
  const objects = objectsIn(yaml);
  const bundles = objects.filter(({ kind, metadata }) => kind === "ConfigMap" && metadata.name.endsWith("-ca"));
  expect(bundles.map(({ metadata }) => metadata.name).sort()).toEqual(["gorder-ca", "gorder-schema-ca"]);
  expect(bundles.find(({ metadata }) => metadata.name === "gorder-schema-ca")).toMatchObject({
    metadata: { annotations: { "helm.sh/hook": "pre-install,pre-upgrade" } },
  });
  // Five services, their waiting for Consul, and the job.
  expect(yaml.match(/name: NODE_EXTRA_CA_CERTS/g)).toHaveLength(11);
  expect(yaml.match(/mountPath: \/etc\/gorder-ca/g)).toHaveLength(11);
});

test("a sidecar is told of them by a file: for a folder the injector would let it run as root", async () => {
  const yaml = await renderWith(example, { caBundle: { pem } });
  expect(yaml.match(/dapr.io\/env: SSL_CERT_FILE=\/etc\/gorder-ca\/ca.crt/g)).toHaveLength(5);
  expect(yaml).not.toContain("SSL_CERT_DIR");
});

test("other authorities restart whoever read the old ones", async () => {
  const checksums = async (text: string) =>
    (await renderWith(example, { caBundle: { pem: text } })).match(/checksum\/ca: \S+/g);
  const [before, after] = [await checksums(pem), await checksums(pem + pem)];
  expect(before).toHaveLength(5);
  expect(after?.[0]).not.toBe(before?.[0]);
});
