import { expect, test } from "vitest";
import { uninstall } from "../chart.ts";
import { kubectl } from "../kubectl.ts";

/** What every namespace has by itself, and what the tests themselves put there. */
const own = [
  /^configmap\/(kube-root-ca\.crt|gorder-load-\d+)$/,
  /^serviceaccount\/default$/,
  /^(job\.batch|pod)\/gorder-load-/,
  /^(service|endpointslice\.discovery\.k8s\.io)\/oidc$/,
];
const events = ["events", "events.events.k8s.io"];

test("helm uninstall leaves nothing behind", async () => {
  await uninstall();
  const kinds = (await kubectl("api-resources", "--namespaced", "--verbs=list", "--output=name")).trim().split("\n");
  const wanted = kinds.filter((kind) => !events.includes(kind) && !kind.endsWith("metrics.k8s.io")).join(",");
  const left = async () =>
    (await kubectl("get", wanted, "--output=name"))
      .split("\n")
      .filter((name) => name !== "" && !own.some((known) => known.test(name)));
  await expect.poll(left, { timeout: 120_000, interval: 1_000 }).toEqual([]);
});
