import { describe, expect, test } from "vitest";
import { rollback, tryAnother, tryInstall, upgrade } from "../chart.ts";
import { isReady, kubectl, type Pod, podsOf } from "../kubectl.ts";
import { mealFor } from "./meal.ts";

test.each([
  ["order.replicas=many", "replicas"],
  ["logLevel=loud", "logLevel"],
  ["loglevel=info", "loglevel"],
  ["mysql.url=postgres://gorder@mysql/stock", "mysql.url"],
  ["mongodb.keys.url=uri", "mongodb.keys.url names a key of mongodb.existingSecret, which is not set"],
  ["oidc.issuer=https://id.example.com", "oidc.jwksUrl"],
])("the value %s is refused, and said to be why", async (value, name) => {
  await expect(tryInstall(value)).rejects.toThrow(name);
});

test("a second release in the namespace is refused, under whatever names", async () => {
  await expect(tryAnother("second", "fullnameOverride=second")).rejects.toThrow("is the release gorder's already");
});

/** The pod of an app that does not get ready. */
async function brokenPod(app: string): Promise<string> {
  const isNew = (pod: Pod) => !isReady(pod) && pod.metadata.deletionTimestamp === undefined;
  const find = async () => (await podsOf(app)).find(isNew)?.metadata.name ?? "";
  let found = "";
  await expect.poll(async () => (found = await find()), { timeout: 120_000 }).not.toBe("");
  return found;
}

describe.each([
  ["order", "mongodb.url=mongodb://nowhere:27017/"],
  ["stock", "mysql.url=mysql://gorder:1234@nowhere:3306/stock"],
])("a wrong address of the database of %s", (app, value) => {
  test("is in the pod's log and description, the pod takes no calls, and the old one goes on until the rollback", async () => {
    await upgrade(value);
    const broken = await brokenPod(app);
    const log = () => kubectl("logs", broken, `--container=${app}`, "--tail=20");
    await expect.poll(log, { timeout: 120_000, interval: 1_000 }).toMatch(/nowhere/);
    const described = () => kubectl("describe", "pod", broken);
    await expect.poll(described, { timeout: 120_000, interval: 1_000 }).toMatch(/Message:.*nowhere/s);
    await expect.poll(async () => (await podsOf(app)).filter(isReady)).toHaveLength(1);
    await mealFor(`a guest during a bad upgrade of ${app}`);
    await rollback();
    await mealFor("a guest after the rollback");
  });
});

test("a pod that was given no sidecar says so, and takes no calls", async () => {
  const patch = (enabled: string) =>
    kubectl(
      "patch",
      "deployment/kitchen",
      `--patch={"spec":{"template":{"metadata":{"annotations":{"dapr.io/enabled":"${enabled}"}}}}}`,
    );
  await patch("false");
  const broken = await brokenPod("kitchen");
  const log = () => kubectl("logs", broken, "--container=kitchen", "--tail=20");
  await expect.poll(log, { timeout: 120_000, interval: 1_000 }).toMatch(/sidecar/);
  await patch("true");
  await kubectl("rollout", "status", "deployment/kitchen", "--timeout=300s");
});
