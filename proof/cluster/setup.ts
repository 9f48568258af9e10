import type { TestProject } from "vitest/node";
import { say, seconds } from "../../ops/command/say.ts";
import type { ProvidedStack } from "../testing/provided.ts";
import { reach } from "./access.ts";
import { chartBefore } from "./before.ts";
import { installChart, present } from "./chart.ts";
import { must } from "./command.ts";
import { kubectl, namespace } from "./kubectl.ts";
import { startProvider } from "./oidc.ts";

/** A namespace that lets no pod in which may do more than it needs. */
const restricted = "pod-security.kubernetes.io/enforce=restricted";

/** Installs the chart with its development servers, in a namespace of its own that goes with the tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const start = Date.now();
  const removeNamespace = () => must("kubectl", ["delete", "namespace", namespace, "--ignore-not-found", "--wait"]);
  await removeNamespace();
  await kubectl("create", "namespace", namespace);
  await kubectl("label", "namespace", namespace, restricted);
  const endProvider = await startProvider();
  try {
    const before = process.env.GORDER_K8S_BEFORE;
    await installChart(before ? chartBefore(before) : present);
    say(`  the chart is installed after ${seconds(start)}`);
    const { reached, end } = await reach();
    // The other tests of a whole system look at no more of it than this.
    project.provide("stack", reached as ProvidedStack);
    return async () => {
      end();
      await endProvider();
      await removeNamespace();
    };
  } catch (error) {
    say(await kubectl("get", "pods,events"));
    await endProvider();
    await removeNamespace();
    throw error;
  }
}
