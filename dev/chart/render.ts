import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { run } from "../../ops/command/run.ts";
import { ensurePrograms } from "../programs/ensure.ts";
import { versions } from "./schemas.ts";

const root = join(import.meta.dirname, "..", "..");
/** The chart's folder. */
export const chart = join(root, "helm");
/** The namespace that the examples are rendered for. */
export const namespace = "shop";

/** Any Kubernetes object. */
export type KubeObject = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Record<string, string> };
};

/** A way to install the chart: the name of a file in helm/examples/, and all the values files that it needs. */
export type Example = { readonly name: string; readonly files: readonly string[] };

/** Every file of helm/examples/; one that says "With x.yaml before it" gets that first. */
export function examples(): Example[] {
  const folder = join(chart, "examples");
  return readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .sort()
    .map((file) => {
      const before = /With (\S+\.yaml) before it/.exec(readFileSync(join(folder, file), "utf8"))?.[1];
      return {
        name: file.replace(".yaml", ""),
        files: [...(before ? [before] : []), file].map((each) => join(folder, each)),
      };
    });
}

/** Runs helm on the chart with an example's values. @throws with what helm said. */
async function helm(verb: readonly string[], { files }: Example): Promise<string> {
  const { helm: program } = await ensurePrograms(["helm"]);
  // A helm that was built from its module takes Kubernetes for an old one unless it is told.
  const words = [
    ...verb,
    chart,
    "--namespace",
    namespace,
    "--kube-version",
    versions[0],
    ...files.flatMap((file) => ["--values", file]),
  ];
  const { code, output, stdout } = await run(program, words);
  if (code !== 0) throw new Error(`helm ${verb.join(" ")} failed:\n${output.trim()}`);
  return stdout;
}

/** What `helm lint` has to say, warnings included; empty when it has nothing. */
export async function lintFindings(example: Example): Promise<string[]> {
  const output = await helm(["lint", "--strict"], example).catch((error: Error) => error.message);
  return output.split("\n").filter((line) => /^\[(WARNING|ERROR)\]|failed:/.test(line.trim()));
}

/** The YAML that would be installed, hooks and tests included. */
export function render(example: Example): Promise<string> {
  return helm(["template", "gorder"], example);
}

/** The objects of a file of YAML documents. @throws for what is no YAML. */
export function objectsIn(yaml: string): KubeObject[] {
  const documents = parseAllDocuments(yaml);
  const broken = documents.flatMap(({ errors }) => errors)[0];
  if (broken) throw new Error(`not YAML: ${broken.message}`);
  return documents.map((document) => document.toJS() as KubeObject | null).filter((object) => object !== null);
}
