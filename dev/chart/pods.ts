import type { KubeObject } from "./render.ts";

/** A variable of a container, as far as it is said in the chart. */
export type EnvVariable = { readonly name: string; readonly value?: string };

/** What of a container the chart's rules look at. */
export type Container = {
  readonly name: string;
  readonly image: string;
  readonly env?: readonly EnvVariable[];
  readonly ports?: readonly { readonly containerPort: number }[];
  readonly resources?: {
    readonly requests?: Record<string, unknown>;
    readonly limits?: Record<string, unknown>;
  };
  readonly securityContext?: {
    readonly runAsNonRoot?: boolean;
    readonly runAsUser?: number;
    readonly privileged?: boolean;
    readonly allowPrivilegeEscalation?: boolean;
    readonly readOnlyRootFilesystem?: boolean;
    readonly capabilities?: { readonly drop?: readonly string[]; readonly add?: readonly string[] };
    readonly seccompProfile?: { readonly type: string };
  };
};

type PodSpec = {
  readonly automountServiceAccountToken?: boolean;
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly securityContext?: NonNullable<Container["securityContext"]>;
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes?: readonly { readonly name: string; readonly hostPath?: object }[];
};

type Template = {
  readonly metadata?: { readonly labels?: Record<string, string>; readonly annotations?: Record<string, string> };
  readonly spec: PodSpec;
};

/** The pod that an object makes, with the object's name. */
export type Pod = {
  readonly of: string;
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
  readonly spec: PodSpec;
  readonly containers: readonly Container[];
};

function templateOf(object: KubeObject): Template | undefined {
  const { kind, metadata, spec } = object as KubeObject & { spec?: Record<string, unknown> };
  if (kind === "Pod") return { metadata, spec: spec as unknown as PodSpec };
  if (kind === "CronJob") return (spec as { jobTemplate: { spec: { template: Template } } }).jobTemplate.spec.template;
  return spec?.template as Template | undefined;
}

/** The pods that these objects make. */
export function podsOf(objects: readonly KubeObject[]): Pod[] {
  return objects.flatMap((object) => {
    const template = templateOf(object);
    if (!template?.spec?.containers) return [];
    const { metadata, spec } = template;
    const containers = [...(spec.initContainers ?? []), ...spec.containers];
    const of = `${object.kind} ${object.metadata.name}`;
    return [{ of, labels: metadata?.labels ?? {}, annotations: metadata?.annotations ?? {}, spec, containers }];
  });
}
