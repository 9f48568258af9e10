import { join } from "node:path";
import { root } from "../../dev/stack/parts/services.ts";
import { must } from "./command.ts";
import { tag } from "./images.ts";
import { namespace } from "./kubectl.ts";

/** Where browsers find the stand-in's pay page: values.yaml says so, and a port-forward makes it true. */
export const payPort = 18_090;

const release = "gorder";

/** A chart with the images of the same version. */
export type Chart = {
  /** The folder of its sources. */
  readonly root: string;
  /** Its values for a cluster of tests, from that folder on: they were elsewhere before. */
  readonly values: string;
  /** The tag of its images. */
  readonly tag: string;
  /** Values that only it needs, as `--set` takes them. */
  readonly set: readonly string[];
};

/** The chart as it is here. */
export const present: Chart = { root, values: "proof/cluster/values.yaml", tag, set: [] };

function helm(verb: string, ...args: readonly string[]): Promise<string> {
  return must("helm", [verb, "--namespace", namespace, ...args]);
}

/** The values of the tests, those that only this cluster needs, and more as `--set` takes them. */
function values({ root: folder, values: own, tag: version, set: its }: Chart, set: readonly string[]): string[] {
  const only = (process.env.GORDER_K8S_VALUES ?? "").split(",").filter((file) => file !== "");
  const files = [join(folder, "helm/examples/development.yaml"), join(folder, own), ...only];
  const sets = [`image.tag=${version}`, ...its, ...set];
  return [...files.flatMap((file) => ["--values", file]), ...sets.flatMap((value) => ["--set", value])];
}

/**
 * Installs a chart, or upgrades to it, and waits until everything is ready.
 * @param set values beside those of the tests, as `--set` takes them.
 * @throws with what helm said.
 */
export function installChart(chart: Chart, ...set: readonly string[]): Promise<string> {
  const folder = join(chart.root, "helm");
  return helm("upgrade", "--install", release, folder, ...values(chart, set), "--wait", "--timeout", "10m");
}

/** Installs the chart as it is here, or upgrades to it: see `installChart`. */
export const install = (...set: readonly string[]) => installChart(present, ...set);

/** What helm says to an installation with these values, which it only tries. */
export function tryInstall(...set: readonly string[]): Promise<string> {
  return helm("upgrade", release, join(root, "helm"), ...values(present, set), "--dry-run=server");
}

/** What helm says to another release in the same namespace, which it only tries. */
export function tryAnother(name: string, ...set: readonly string[]): Promise<string> {
  return helm("install", name, join(root, "helm"), ...values(present, set), "--dry-run=server");
}

/** Upgrades without waiting for anything to be ready. */
export function upgrade(...set: readonly string[]): Promise<string> {
  return helm("upgrade", release, join(root, "helm"), ...values(present, set), "--no-hooks");
}

/** Runs the chart's own tests. */
export const runHelmTest = () => helm("test", release, "--timeout", "5m");
/** Goes back to the values before the last upgrade, and waits until everything is ready. */
export const rollback = () => helm("rollback", release, "--wait", "--timeout", "10m");
/** Removes everything that the chart installed, and waits until it is gone. */
export const uninstall = () => helm("uninstall", release, "--wait", "--timeout", "5m");
