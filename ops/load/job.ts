import { stringify } from "yaml";
import { type Scenario, scripts } from "./scenarios.ts";

const image = "grafana/k6:1.8.1";
/** Where the chart's order service and the stand-in's payment page are, seen from a pod of the same namespace, by their plain names. */
export const inCluster = { URL: "http://order:8080", PAY_URL: "http://standin:8080" };

/**
 * A scenario as objects for `kubectl apply`: the scripts and the Job. The report is in the Job's log, the JSON is the
 * log's last line.
 */
export function jobObjects(scenario: Scenario, env: Readonly<Record<string, string>>): object[] {
  const name = `gorder-load-${scenario}`;
  const labels = { "app.kubernetes.io/name": "gorder-load", "app.kubernetes.io/component": scenario };
  // Whom the chart's network policies let in to where customers go, and nowhere else.
  const podLabels = { ...labels, "gorder/customer": "true" };
  const metadata = { name, labels };
  const variables = Object.entries({ ...inCluster, ...env }).flatMap(([key, value]) => ["-e", `${key}=${value}`]);
  return [
    { apiVersion: "v1", kind: "ConfigMap", metadata, data: scripts() },
    {
      apiVersion: "batch/v1",
      kind: "Job",
      metadata,
      spec: {
        backoffLimit: 0,
        ttlSecondsAfterFinished: 86_400,
        template: {
          metadata: { labels: podLabels },
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

export function jobYaml(scenario: Scenario, env: Readonly<Record<string, string>>): string {
  return jobObjects(scenario, env)
    .map((object) => stringify(object, { aliasDuplicateObjects: false }))
    .join("---\n");
}
