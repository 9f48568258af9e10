import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Cluster } from "./cluster.ts";
import { must, show } from "./command.ts";

const daprVersion = "1.17.5";
const daprCharts = "https://dapr.github.io/helm-charts/";

/**
 * The current context, which must be one of kind's; the cluster stays up.
 * @throws when it is not: tests delete what they made, and no other cluster is theirs to try that on.
 */
export async function kind(): Promise<Cluster> {
  const context = await must("kubectl", ["config", "current-context"]).then(
    (name) => name.trim(),
    () => "",
  );
  if (!context.startsWith("kind-")) {
    throw new Error(
      `needs a kind cluster ("kind create cluster") or the kit at KUBE_KIT; the context is "${context}" and is let be`,
    );
  }
  const name = context.slice("kind-".length);
  // A file of our own: a change of the user's current context does not change our cluster.
  const folder = mkdtempSync(join(tmpdir(), "gorder-kind-"));
  const kubeconfig = join(folder, "kubeconfig");
  writeFileSync(kubeconfig, await must("kind", ["get", "kubeconfig", "--name", name]), { mode: 0o600 });
  const within = ["env", `KUBECONFIG=${kubeconfig}`];
  const install = ["helm", "upgrade", "--install", "dapr", "dapr", "--repo", daprCharts, "--version", daprVersion];
  const into = ["--namespace", "dapr-system", "--create-namespace", "--wait", "--timeout", "10m"];
  // Without it no injected sidecar is let into a namespace with Pod Security "restricted".
  const restricted = ["--set", "dapr_sidecar_injector.sidecarDropALLCapabilities=true"];
  return {
    name: context,
    within,
    values: [],
    steps: {
      Dapr: () => show("env", [...within.slice(1), ...install, ...into, ...restricted]),
    },
    async image({ tag, context: sources, args }) {
      const given = Object.entries(args).flatMap(([arg, value]) => ["--build-arg", `${arg}=${value}`]);
      await show("docker", ["build", "--quiet", "--tag", tag, ...given, sources]);
      await show("kind", ["load", "docker-image", tag, "--name", name]);
    },
    end: async () => rmSync(folder, { recursive: true, force: true }),
  };
}
