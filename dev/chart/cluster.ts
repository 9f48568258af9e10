import { run } from "../../ops/command/run.ts";
import { which } from "../programs/onPath.ts";
import type { KubeObject } from "./render.ts";

/** The kubectl that reaches a cluster, if there is one. */
export async function reachableKubectl(): Promise<string | undefined> {
  const kubectl = which("kubectl");
  if (kubectl === undefined) return undefined;
  const { code } = await run(kubectl, ["get", "--raw", "/readyz", "--request-timeout=3s"]);
  return code === 0 ? kubectl : undefined;
}

/** What the API server itself says of these objects, as strictly as it can; nothing is changed. */
export async function serverFindings(kubectl: string, objects: readonly KubeObject[]): Promise<string[]> {
  const known = new Set(await kindsOf(kubectl));
  const input = JSON.stringify({
    apiVersion: "v1",
    kind: "List",
    // A kind that the cluster lacks, such as a ServiceMonitor, is nothing that it could judge.
    items: objects.filter(({ kind }) => known.has(kind)),
  });
  const words = ["apply", "--dry-run=server", "--validate=strict", "--namespace", "default", "--filename", "-"];
  const { code, output } = await run(kubectl, words, { input });
  const lines = output.split("\n").filter((line) => line !== "" && !/\(server dry run\)$/.test(line));
  return code === 0 ? lines.filter((line) => /^warning/i.test(line)) : lines;
}

async function kindsOf(kubectl: string): Promise<string[]> {
  const { output } = await run(kubectl, ["api-resources", "--no-headers"]);
  return output.split("\n").flatMap((line) => line.trim().split(/\s+/).at(-1) ?? []);
}
