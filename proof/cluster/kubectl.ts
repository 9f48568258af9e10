import { must } from "./command.ts";

/** Where the tests install the chart; nothing outside of it is touched. */
export const namespace = "gorder-test";

/** kubectl in the tests' namespace. @returns what it printed. @throws with that when it failed. */
export function kubectl(...args: readonly string[]): Promise<string> {
  return must("kubectl", ["--namespace", namespace, ...args]);
}

/** Applies objects as JSON or YAML. */
export function apply(text: string): Promise<string> {
  return must("kubectl", ["--namespace", namespace, "apply", "--filename=-"], text);
}

/** Objects of one kind, as far as tests look. */
export type KubeObject = {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
};

/** The objects that `kubectl get` finds. */
export async function list<T extends KubeObject>(...what: readonly string[]): Promise<T[]> {
  return (JSON.parse(await kubectl("get", ...what, "--output=json")) as { items: T[] }).items;
}

/** What of a pod the tests look at. */
export type Pod = KubeObject & {
  readonly spec: {
    readonly containers: readonly { readonly name: string }[];
    readonly initContainers?: readonly { readonly name: string }[];
  };
  readonly status: {
    readonly phase: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly containerStatuses?: readonly {
      readonly name: string;
      readonly ready: boolean;
      readonly restartCount: number;
    }[];
  };
};

/** Whether it serves, and is not about to end. */
export function isReady({ metadata, status }: Pod): boolean {
  const ready = status.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True");
  return ready === true && metadata.deletionTimestamp === undefined;
}

/** The pods of one of our services. */
export function podsOf(app: string): Promise<Pod[]> {
  return list<Pod>("pods", `--selector=app.kubernetes.io/name=${app}`);
}
