import { readFileSync } from "node:fs";
import { copyFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { endOf, run, runAgain } from "../../ops/command/run.ts";
import { ensureCached } from "../programs/cache.ts";
import { ensurePrograms } from "../programs/ensure.ts";
import { which } from "../programs/onPath.ts";
import { installPackages } from "../programs/pip.ts";

/** The Kubernetes versions whose schemas every object must fit: the chart's oldest, and the newest that is known. */
export const versions = ["1.30.0", "1.37.0"] as const;

/** Go modules that hold the CustomResourceDefinitions of the kinds that the chart may use, and where in them. */
const crdModules = [
  { module: "github.com/dapr/dapr", version: "1.14.0", folder: "charts/dapr/crds" },
  { module: "github.com/kedacore/keda/v2", version: "2.21.0", folder: "config/crd/bases" },
  {
    module: "github.com/prometheus-operator/prometheus-operator",
    version: "0.85.0",
    folder: "example/prometheus-operator-crd",
  },
  { module: "sigs.k8s.io/gateway-api", version: "1.4.0", folder: "config/crd/standard" },
] as const;

const requirements = join(import.meta.dirname, "requirements.txt");

/** Checks objects in Python, where Kubernetes' schemas are to be had as a package. @returns the interpreter's words. */
async function ensureValidator(): Promise<{ python: string; packages: string }> {
  const { python3: python } = await ensurePrograms(["python3"]);
  const text = readFileSync(requirements, "utf8");
  const { output: version } = await run(python, ["--version"]);
  const entry = { name: "kubernetes-schemas", version: versions[1], recipe: version + text, file: "packages" };
  const packages = await ensureCached(entry, async (folder) => {
    const what = { name: "Kubernetes' schemas", requirements, words: ["--no-deps"] };
    await installPackages(python, what, join(folder, "packages"));
  });
  return { python, packages };
}

/** The CustomResourceDefinitions of Dapr, KEDA, the Prometheus operator and the Gateway API. */
async function ensureCrds(): Promise<object[]> {
  const recipe = JSON.stringify(crdModules);
  const entry = { name: "crds", version: crdModules[0].version, recipe, file: "." };
  const folder = await ensureCached(entry, async (draft) => {
    const go = which("go");
    if (go === undefined) throw new Error("Dapr's CRDs come from its Go module: install Go 1.25 or newer");
    for (const { module, version, folder } of crdModules) {
      const words = ["mod", "download", "-json", `${module}@v${version}`];
      const { stdout } = await runAgain(go, words, { cwd: draft });
      const { Dir: source, Error: error } = JSON.parse(stdout) as Record<string, string>;
      if (source === undefined) throw new Error(`${module}@v${version} could not be had: ${error}`);
      const files = (await readdir(join(source, folder))).filter((file) => !file.includes("kustomization"));
      for (const file of files) await copyFile(join(source, folder, file), join(draft, file));
    }
  });
  const files = (await readdir(folder)).sort();
  const crds = files.map((file) => parse(readFileSync(join(folder, file), "utf8")) as { kind?: string });
  return crds.filter(({ kind }) => kind === "CustomResourceDefinition");
}

/** What is wrong with these objects in the eyes of their schemas, one line a finding; unknown fields are wrong too. */
export async function schemaFindings(objects: readonly object[]): Promise<string[]> {
  const { python, packages } = await ensureValidator();
  const input = JSON.stringify({ versions, crds: await ensureCrds(), objects });
  const script = join(import.meta.dirname, "validate.py");
  const { code, output, stdout } = await run(python, [script], { input, env: { PYTHONPATH: packages } });
  if (code !== 0) throw new Error(`the schemas could not be asked:\n${endOf(output)}`);
  return stdout.split("\n").filter((line) => line !== "");
}
