import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { run } from "../../ops/command/run.ts";
import { ensurePrograms } from "../programs/ensure.ts";
import { chart, namespace } from "./render.ts";
import { versions } from "./schemas.ts";
import { base } from "./testing.ts";

const resource = (name: string, kind: string) => ({ name, kind, namespaced: true, singularName: "", verbs: ["get"] });
const group = (name: string, version: string) => {
  const at = { groupVersion: `${name}/${version}`, version };
  return { name, versions: [at], preferredVersion: at };
};

const helmsMark = (release: string) => ({ annotations: { "meta.helm.sh/release-name": release } });

/** As much of an API server as Helm asks: Dapr is installed, and a component marked like this is in the namespace. */
async function clusterOf(marks: object): Promise<string> {
  const components = `/apis/dapr.io/v1alpha1/namespaces/${namespace}/components`;
  const answers: Record<string, object> = {
    "/version": { major: "1", minor: "34", gitVersion: "v1.34.0" },
    "/api": { kind: "APIVersions", versions: ["v1"] },
    "/apis": {
      kind: "APIGroupList",
      groups: [group("dapr.io", "v1alpha1"), group("apiregistration.k8s.io", "v1")],
    },
    "/api/v1": { kind: "APIResourceList", groupVersion: "v1", resources: [resource("secrets", "Secret")] },
    "/apis/apiregistration.k8s.io/v1": {
      kind: "APIResourceList",
      groupVersion: "apiregistration.k8s.io/v1",
      resources: [],
    },
    "/apis/dapr.io/v1alpha1": {
      kind: "APIResourceList",
      groupVersion: "dapr.io/v1alpha1",
      resources: [resource("components", "Component")],
    },
    [`${components}/statestore`]: {
      apiVersion: "dapr.io/v1alpha1",
      kind: "Component",
      metadata: { name: "statestore", namespace, ...marks },
    },
  };
  const missing = { kind: "Status", apiVersion: "v1", status: "Failure", reason: "NotFound", code: 404 };
  const server = createServer(({ url = "" }, response) => {
    const answer = answers[url.split("?")[0] ?? ""];
    response.writeHead(answer ? 200 : 404, { "content-type": "application/json" });
    response.end(JSON.stringify(answer ?? missing));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What Helm says to the release "gorder" in that cluster. */
async function tryInto(cluster: string, ...set: readonly string[]) {
  const { helm } = await ensurePrograms(["helm"]);
  const folder = mkdtempSync(join(tmpdir(), "gorder-helm-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const kubeconfig = join(folder, "kubeconfig");
  const here = { name: "here" };
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ ...here, cluster: { server: cluster } }],
      contexts: [{ ...here, context: { cluster: "here" } }],
      "current-context": "here",
    }),
  );
  const words = ["template", "gorder", chart, "--namespace", namespace, "--dry-run=server", "--kubeconfig", kubeconfig];
  // What it is told and does not ask, since it only renders.
  const apis = ["apiregistration.k8s.io/v1", "dapr.io/v1alpha1/Component"].flatMap((api) => ["--api-versions", api]);
  const known = ["--kube-version", versions[0], ...apis];
  const values = ["--values", base("kubernetes-names"), ...set.flatMap((one) => ["--set", one])];
  return run(helm, [...words, ...known, ...values], { env: { HELM_CACHE_HOME: folder } });
}

test("a second release in the namespace is refused in one sentence, whatever its objects would be called", async () => {
  const { code, output } = await tryInto(await clusterOf(helmsMark("trattoria")), "fullnameOverride=second");
  expect(code).not.toBe(0);
  expect(output).toContain(`the namespace ${namespace} is the release trattoria's already`);
});

test("a release finds its own components there, and goes on", async () => {
  const { code, output } = await tryInto(await clusterOf(helmsMark("gorder")));
  expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
});

test("who has the store of that name looks after it, and what release it belongs to is theirs to say", async () => {
  const own = ["dapr.ownComponents[0]=statestore"];
  const { code, output } = await tryInto(await clusterOf(helmsMark("our-own")), ...own);
  expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
});

test("what Helm did not make is for Helm to refuse, or to take over: another's labels stop no release", async () => {
  const { code, output } = await tryInto(await clusterOf({ labels: { "app.kubernetes.io/instance": "shop-of-argo" } }));
  expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
});
