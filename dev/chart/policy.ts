import { type Container, type Pod, podsOf } from "./pods.ts";
import type { KubeObject } from "./render.ts";

/** Servers of the development set: other people's images, which write where they like. */
const otherPeoples = new Set(["rabbitmq", "redis", "mongodb", "mysql", "consul", "zipkin"]);

type ContainerRule = (container: Container, pod: Pod) => boolean;
type PodRule = (pod: Pod) => boolean;

/** What must hold for every container, as the sentence that is said when it does not. */
export const containerRules: Readonly<Record<string, ContainerRule>> = {
  "may run as root": ({ securityContext: own }, { spec: { securityContext: pods } }) =>
    (own?.runAsNonRoot ?? pods?.runAsNonRoot) === true && (own?.runAsUser ?? pods?.runAsUser) !== 0,
  "may gain privileges": ({ securityContext: own }) =>
    own?.allowPrivilegeEscalation === false && own.privileged !== true,
  "keeps capabilities": ({ securityContext: own }) =>
    own?.capabilities?.drop?.includes("ALL") === true && (own.capabilities.add ?? []).length === 0,
  "has no seccomp profile": ({ securityContext: own }, { spec: { securityContext: pods } }) =>
    (own?.seccompProfile ?? pods?.seccompProfile)?.type === "RuntimeDefault",
  "may write to its root file system": ({ securityContext: own }, { labels }) =>
    own?.readOnlyRootFilesystem === true || otherPeoples.has(labels["app.kubernetes.io/name"] ?? ""),
  "has an image without a version": ({ image }) => /@sha256:|:(?!latest$)[\w][\w.-]*$/.test(image),
  "has no requests or limits": ({ resources }) =>
    ["cpu", "memory"].every((of) => resources?.requests?.[of] && resources.limits?.[of]),
  "sets a variable twice": ({ env = [] }) => new Set(env.map(({ name }) => name)).size === env.length,
  "has a secret as plain text": ({ env = [] }) => env.every(({ name, value }) => !value || !isSecret(name, value)),
};

/** What must hold for every pod. */
export const podRules: Readonly<Record<string, PodRule>> = {
  "has a token for the Kubernetes API": ({ spec }) => spec.automountServiceAccountToken === false,
  "reaches into its node": ({ spec: { hostNetwork, hostPID, volumes = [] } }) =>
    !hostNetwork && !hostPID && volumes.every(({ hostPath }) => !hostPath),
  "has a sidecar without limits": ({ annotations }) =>
    annotations["dapr.io/enabled"] !== "true" ||
    ["cpu", "memory"].every((of) => annotations[`dapr.io/sidecar-${of}-limit`]),
  "has a sidecar without a seccomp profile": ({ annotations }) =>
    annotations["dapr.io/enabled"] !== "true" ||
    annotations["dapr.io/sidecar-seccomp-profile-type"] === "RuntimeDefault",
  "has a sidecar without tokens": ({ annotations }) =>
    annotations["dapr.io/enabled"] !== "true" ||
    ["app", "api"].every((of) => annotations[`dapr.io/${of}-token-secret`]),
  "has its sidecar call a port that is open to others": ({ annotations, containers }) =>
    containers.every(({ ports = [] }) =>
      ports.every(({ containerPort }) => String(containerPort) !== annotations["dapr.io/app-port"]),
    ),
};

/** A name that speaks of a secret with a value of one word, or an address with a password in it. */
function isSecret(name: string, value: string): boolean {
  if (/:\/\/[^\s/:@]*:(?!\$\()[^\s/@]+@/.test(value)) return true;
  return /(password|secret|token|credential|(api|private|secret)_?key)$/i.test(name) && /^(?!\$\()\S+$/.test(value);
}

function configMapFindings(object: KubeObject): string[] {
  if (object.kind !== "ConfigMap") return [];
  const { data = {} } = object as KubeObject & { data?: Record<string, string> };
  const secrets = Object.entries(data).filter(([name, value]) => isSecret(name, value));
  return secrets.map(([key]) => `ConfigMap ${object.metadata.name} holds a secret: ${key}`);
}

/** Everything that these objects would do in a cluster and must not, one sentence a finding. */
export function policyFindings(objects: readonly KubeObject[]): string[] {
  const broken = podsOf(objects).flatMap((pod) => [
    ...Object.entries(podRules).flatMap(([fault, holds]) => (holds(pod) ? [] : [`${pod.of} ${fault}`])),
    ...Object.entries(containerRules).flatMap(([fault, holds]) =>
      pod.containers.filter((one) => !holds(one, pod)).map(({ name }) => `${pod.of}, container ${name}, ${fault}`),
    ),
  ]);
  return [...broken, ...objects.flatMap(configMapFindings)];
}
