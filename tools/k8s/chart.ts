import { join } from "node:path";
import { root } from "../stack/parts/services.ts";
import { must } from "./command.ts";
import { tag } from "./images.ts";
import { namespace } from "./kubectl.ts";

/** Where browsers find the stand-in's pay page: values.yaml says so, and a port-forward makes it true. */
export const payPort = 18_090;

const release = "gorder";
const chart = join(root, "helm");

function helm(verb: string, ...args: readonly string[]): Promise<string> {
  return must("helm", [verb, "--namespace", namespace, ...args]);
}

/** The values of the tests, those that only this cluster needs, and more as `--set` takes them. */
function values(set: readonly string[]): string[] {
  const only = (process.env.GORDER_K8S_VALUES ?? "").split(",").filter((file) => file !== "");
  const files = [join(chart, "examples", "development.yaml"), join(import.meta.dirname, "values.yaml"), ...only];
  const sets = [`image.tag=${tag}`, ...set];
  return [...files.flatMap((file) => ["--values", file]), ...sets.flatMap((value) => ["--set", value])];
}

/**
 * Installs the chart, or upgrades it, and waits until everything is ready.
 * @param set values beside those of the tests, as `--set` takes them.
 * @throws with what helm said.
 */
export function install(...set: readonly string[]): Promise<string> {
  return helm("upgrade", "--install", release, chart, ...values(set), "--wait", "--timeout", "10m");
}

/** What helm says to an installation with these values, which it only tries. */
export function tryInstall(...set: readonly string[]): Promise<string> {
  return helm("upgrade", release, chart, ...values(set), "--dry-run=server");
}

/** Upgrades without waiting for anything to be ready. */
export function upgrade(...set: readonly string[]): Promise<string> {
  return helm("upgrade", release, chart, ...values(set), "--no-hooks");
}

/** Runs the chart's own tests. */
export const runHelmTest = () => helm("test", release, "--timeout", "5m");
/** Goes back to the values before the last upgrade, and waits until everything is ready. */
export const rollback = () => helm("rollback", release, "--wait", "--timeout", "10m");
/** Removes everything that the chart installed, and waits until it is gone. */
export const uninstall = () => helm("uninstall", release, "--wait", "--timeout", "5m");
