import { stringify } from "yaml";
import { type Scenario, scripts } from "./scenarios.ts";

const image = "grafana/k6:1.8.1";
/** Where the chart's order service and payment page are, seen from a pod of the same namespace. */
const inCluster = { URL: "http://order:8080" };

/**
 * A scenario as objects for `kubectl apply`: the scripts, the Job, and the openings that its pod needs where a policy
 * denies the rest. The report is in the Job's log, the JSON is the log's last line.
 */
export function jobObjects(scenario: Scenario, env: Readonly<Record<string, string>>): object[] {
  const name = `gorder-load-${scenario}`;
  const labels = { "app.kubernetes.io/name": "gorder-load", "app.kubernetes.io/component": scenario };
  const metadata = { name, labels };
  const variables = Object.entries({ ...inCluster, ...env }).flatMap(([key, value]) => ["-e", `${key}=${value}`]);
  return [
    { apiVersion: "v1", kind: "ConfigMap", metadata, data: scripts() },
    ...openings(labels, name),
    {
      apiVersion: "batch/v1",
      kind: "Job",
      metadata,
      spec: {
        backoffLimit: 0,
        ttlSecondsAfterFinished: 86_400,
        template: {
          metadata: { labels },
          spec: {
            restartPolicy: "Never",
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            securityContext: {
              runAsNonRoot: true,
              runAsUser: 12_345,
              runAsGroup: 12_345,
              seccompProfile: { type: "RuntimeDefault" },
            },
            containers: [
              {
                name: "k6",
                image,
                args: ["run", "--quiet", "--no-usage-report", "--address=", ...variables, `/scripts/${scenario}.js`],
                env: [{ name: "HOME", value: "/tmp" }],
                resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { cpu: "2", memory: "1Gi" } },
                securityContext: {
                  allowPrivilegeEscalation: false,
                  readOnlyRootFilesystem: true,
                  capabilities: { drop: ["ALL"] },
                },
                volumeMounts: [
                  { name: "scripts", mountPath: "/scripts", readOnly: true },
                  { name: "tmp", mountPath: "/tmp" },
                ],
              },
            ],
            volumes: [
              { name: "scripts", configMap: { name } },
              { name: "tmp", emptyDir: { sizeLimit: "64Mi" } },
            ],
          },
        },
      },
    },
  ];
}

/** Policies add up: this lets the Job's pod out, and into the pods of Gorder, wherever the rest is denied. */
function openings(labels: Record<string, string>, name: string): object[] {
  const guest = { matchLabels: labels };
  const gorder = { matchLabels: { "app.kubernetes.io/part-of": "gorder" } };
  const policy = (suffix: string, spec: object) => ({
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: `${name}-${suffix}`, labels },
    spec,
  });
  return [
    policy("out", { podSelector: guest, policyTypes: ["Egress"], egress: [{}] }),
    policy("in", { podSelector: gorder, policyTypes: ["Ingress"], ingress: [{ from: [{ podSelector: guest }] }] }),
  ];
}

export function jobYaml(scenario: Scenario, env: Readonly<Record<string, string>>): string {
  return jobObjects(scenario, env)
    .map((object) => stringify(object, { aliasDuplicateObjects: false }))
    .join("---\n");
}
