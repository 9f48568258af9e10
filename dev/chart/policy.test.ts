import { expect, test } from "vitest";
import { jobObjects } from "../../ops/load/job.ts";
import { containerRules, podRules, policyFindings } from "./policy.ts";
import type { KubeObject } from "./render.ts";

const container = {
  name: "order",
  image: "registry.example.com:5000/gorder/order:0.1.0",
  env: [{ name: "DAPR_API_TOKEN", valueFrom: { secretKeyRef: { name: "api-token", key: "token" } } }],
  resources: { requests: { cpu: "50m", memory: "96Mi" }, limits: { cpu: "1", memory: "256Mi" } },
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
  },
};
const sidecar = {
  "dapr.io/enabled": "true",
  "dapr.io/sidecar-cpu-limit": "1",
  "dapr.io/sidecar-memory-limit": "256Mi",
  "dapr.io/sidecar-seccomp-profile-type": "RuntimeDefault",
  "dapr.io/app-token-secret": "app-token",
  "dapr.io/api-token-secret": "api-token",
  "dapr.io/app-port": "8083",
};
const pod = {
  automountServiceAccountToken: false,
  securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: "RuntimeDefault" } },
};

const good = { container, pod, annotations: sidecar as Record<string, string> };
type Parts = { container: object; pod: object; annotations: Record<string, string> };

function deployment({ container, pod, annotations }: Parts): KubeObject {
  const template = { metadata: { annotations }, spec: { ...pod, containers: [container] } };
  const object = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "order" }, spec: { template } };
  return object;
}

const inContainer = (change: object): Parts => ({ ...good, container: { ...container, ...change } });
const inSecurity = (change: object) => inContainer({ securityContext: { ...container.securityContext, ...change } });
const inPod = (change: object): Parts => ({ ...good, pod: { ...pod, ...change } });
const without = (annotation: string): Parts => {
  const annotations: Record<string, string> = { ...sidecar };
  delete annotations[annotation];
  return { ...good, annotations };
};

/** Each rule's violations, planted one at a time. */
const violations: Record<string, Parts[]> = {
  "may run as root": [
    inSecurity({ runAsUser: 0 }),
    inPod({ securityContext: { ...pod.securityContext, runAsNonRoot: false } }),
  ],
  "may gain privileges": [inSecurity({ allowPrivilegeEscalation: undefined }), inSecurity({ privileged: true })],
  "keeps capabilities": [
    inSecurity({ capabilities: undefined }),
    inSecurity({ capabilities: { drop: ["ALL"], add: ["NET_RAW"] } }),
  ],
  "has no seccomp profile": [inPod({ securityContext: { ...pod.securityContext, seccompProfile: undefined } })],
  "may write to its root file system": [inSecurity({ readOnlyRootFilesystem: false })],
  "has an image without a version": ["gorder/order", "gorder/order:latest", "registry:5000/order"].map((image) =>
    inContainer({ image }),
  ),
  "has no requests or limits": [
    inContainer({ resources: { requests: container.resources.requests } }),
    inContainer({ resources: { limits: container.resources.limits } }),
  ],
  "sets a variable twice": [inContainer({ env: ["info", "debug"].map((value) => ({ name: "LOG_LEVEL", value })) })],
  "has a secret as plain text": [
    inContainer({ env: [{ name: "DAPR_API_TOKEN", value: "0123456789abcdef" }] }),
    inContainer({ env: [{ name: "DATABASE", value: "mysql://gorder:hunter2@mysql:3306/stock" }] }),
  ],
  "has a token for the Kubernetes API": [inPod({ automountServiceAccountToken: undefined })],
  "reaches into its node": [inPod({ hostNetwork: true }), inPod({ volumes: [{ name: "x", hostPath: { path: "/" } }] })],
  "has a sidecar without limits": [without("dapr.io/sidecar-memory-limit")],
  "has a sidecar without a seccomp profile": [without("dapr.io/sidecar-seccomp-profile-type")],
  "has a sidecar without tokens": [without("dapr.io/app-token-secret"), without("dapr.io/api-token-secret")],
  "has its sidecar call a port that is open to others": [inContainer({ ports: [{ containerPort: 8083 }] })],
};

test("a pod as it should be breaks no rule", () => {
  expect(policyFindings([deployment(good)])).toEqual([]);
});

test("every rule has a planted violation", () => {
  expect(Object.keys(violations).sort()).toEqual([...Object.keys(containerRules), ...Object.keys(podRules)].sort());
});

test.each(Object.entries(violations))("a pod that %s is found", (fault, planted) => {
  for (const parts of planted) {
    expect(policyFindings([deployment(parts)])).toEqual([expect.stringContaining(fault)]);
  }
});

test("a secret in a ConfigMap is found, a script that speaks of tokens is not", () => {
  const data = {
    password: "hunter2",
    "guest.js": "// takes a token\nconst token = session.token;",
    url: "http://order",
  };
  const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "settings" }, data };
  expect(policyFindings([object])).toEqual(["ConfigMap settings holds a secret: password"]);
});

test("the load test's Job breaks no rule", () => {
  expect(policyFindings(jobObjects("smoke", {}) as KubeObject[])).toEqual([]);
});
