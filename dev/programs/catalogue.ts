import { run } from "../../ops/command/run.ts";
import type { GoProgram } from "./golang.ts";
import { names, which, whichVersion } from "./onPath.ts";
import { type PinnedProgram, pins } from "./pins.ts";

/** How each Go program is built. */
export const goPrograms: readonly GoProgram[] = [
  {
    name: "daprd",
    binary: "daprd",
    module: "daprd",
    package: ".",
    tags: "stablecomponents",
    versionVariables: ["github.com/dapr/dapr/pkg/buildinfo.version", "github.com/dapr/kit/logger.DaprVersion"],
    takes: "3 to 5 minutes",
  },
  { name: "consul", binary: "consul", module: "consul", package: "github.com/hashicorp/consul", takes: "4 minutes" },
  {
    name: "ferretdb",
    binary: "ferretdb",
    module: "ferretdb",
    package: ".",
    versionVariables: ["main.release"],
    patch: { module: "github.com/FerretDB/FerretDB", file: "one-document-writes.patch" },
    takes: "1 minute",
  },
  { name: "k6", binary: "k6", package: "go.k6.io/k6", takes: "75 seconds" },
  {
    name: "stripe-mock",
    binary: "stripe-mock",
    package: "github.com/stripe/stripe-mock",
    versionVariables: ["main.version"],
    takes: "a few seconds",
  },
  {
    name: "toxiproxy",
    binary: "toxiproxy-server",
    package: "github.com/Shopify/toxiproxy/v2/cmd/server",
    versionVariables: ["github.com/Shopify/toxiproxy/v2.Version"],
    takes: "10 seconds",
  },
  { name: "starlark", binary: "starlark", module: "starlark", package: ".", takes: "10 seconds" },
  {
    name: "actionlint",
    binary: "actionlint",
    package: "github.com/rhysd/actionlint/cmd/actionlint",
    versionVariables: ["github.com/rhysd/actionlint.version"],
    takes: "10 seconds",
  },
  { name: "compose-go", binary: "compose", module: "compose", package: ".", takes: "10 seconds" },
  { name: "helm", binary: "helm", package: "helm.sh/helm/v3/cmd/helm", takes: "70 seconds" },
];

async function isRecentMongod(path: string): Promise<boolean> {
  const { output } = await run(path, ["--version"]);
  return Number(/db version v(\d+)/.exec(output)?.[1] ?? 0) >= 6;
}

/** A program that the machine has already and that serves as well as ours. */
export const alreadyThere: Record<PinnedProgram, () => Promise<string | undefined>> = {
  daprd: () => whichVersion("daprd", ["--version"], names(pins.daprd)),
  consul: () => whichVersion("consul", ["version"], names(pins.consul)),
  ferretdb: async () => {
    // A ferretdb on PATH is not used: it lacks our patch.
    const mongod = which("mongod");
    return mongod !== undefined && (await isRecentMongod(mongod)) ? mongod : undefined;
  },
  k6: () => whichVersion("k6", ["version"], names(pins.k6)),
  "stripe-mock": () => whichVersion("stripe-mock", ["-version"], names(pins["stripe-mock"])),
  toxiproxy: () => whichVersion("toxiproxy-server", ["-version"], names(pins.toxiproxy)),
  actionlint: () => whichVersion("actionlint", ["-version"], names(pins.actionlint)),
  // These are our own programs.
  "compose-go": async () => undefined,
  starlark: async () => undefined,
  // Charts are rendered alike by any recent Helm 3.
  helm: () => whichVersion("helm", ["version", "--short"], (output) => /^v3\.(1[5-9]|[2-9]\d)\./.test(output)),
  zipkin: async () => undefined,
  schemathesis: async () => undefined,
};
