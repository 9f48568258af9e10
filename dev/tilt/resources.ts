import { readFileSync } from "node:fs";
import { join } from "node:path";
import { podsOf } from "../chart/pods.ts";
import { type KubeObject, objectsIn } from "../chart/render.ts";
import { listOf } from "./arguments.ts";
import type { Call } from "./evaluate.ts";

const of = (calls: readonly Call[], ...names: readonly string[]) =>
  calls.filter((call) => names.includes(call.function));

/** The YAML that Tilt would apply. */
export function appliedYaml(calls: readonly Call[]): string {
  return of(calls, "k8s_yaml")
    .flatMap(({ folder, arguments: { yaml } }) =>
      listOf(yaml).map((text) => (text.includes("\n") ? text : readFileSync(join(folder, text), "utf8"))),
    )
    .join("---\n");
}

/** Resource -> those that it waits for. */
function resourcesOf(calls: readonly Call[], objects: readonly KubeObject[]): Map<string, string[]> {
  const resources = new Map<string, string[]>(podsOf(objects).map((pod) => [pod.of.split(" ")[1] ?? "", []]));
  const made = of(calls, "local_resource", "helm_resource", "helm_repo", "k8s_resource");
  for (const { function: name, arguments: given } of made) {
    const resource = String(given.new_name ?? given.workload ?? given.name);
    if (name === "k8s_resource" && given.workload && !resources.has(resource)) continue;
    resources.set(resource, [...(resources.get(resource) ?? []), ...listOf(given.resource_deps)]);
  }
  return resources;
}

function circles(resources: ReadonlyMap<string, readonly string[]>): string[] {
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean => {
    if (seen.has(from)) return false;
    seen.add(from);
    return (resources.get(from) ?? []).some((next) => next === to || reaches(next, to, seen));
  };
  return [...resources.keys()].filter((name) => reaches(name, name)).map((name) => `${name} waits for itself`);
}

/** Objects are chosen as `name:kind`; each choice must mean one object, and no object may be chosen twice. */
function wrongObjects(calls: readonly Call[], objects: readonly KubeObject[]): string[] {
  const chosen = of(calls, "k8s_resource").flatMap(({ arguments: given }) => listOf(given.objects));
  const names = objects.map(({ kind, metadata }) => `${metadata.name}:${kind.toLowerCase()}`);
  return [
    ...chosen
      .filter((choice) => names.filter((name) => name === choice).length !== 1)
      .map((choice) => `objects: ${choice} is not one object`),
    ...chosen
      .filter((choice, index) => chosen.indexOf(choice) !== index)
      .map((choice) => `objects: ${choice} is chosen twice`),
  ];
}

/** Every image that is built is run, and every image of ours that is run is built. */
function wrongImages(calls: readonly Call[], objects: readonly KubeObject[]): string[] {
  const built = of(calls, "docker_build").map(({ arguments: given }) => String(given.ref));
  const run = podsOf(objects).flatMap(({ containers }) =>
    containers.map(({ image }) => image.replace(/[:@][^/]*$/, "")),
  );
  return [
    ...built.filter((image) => !run.includes(image)).map((image) => `the image ${image} is built and not run`),
    ...[...new Set(run)]
      .filter((image) => image.startsWith("gorder/") && !built.includes(image))
      .map((image) => `the image ${image} is run and not built`),
  ];
}

function doublePorts(calls: readonly Call[]): string[] {
  const ports = of(calls, "port_forward").map(({ arguments: given }) => given.local_port);
  return ports.filter((port, index) => ports.indexOf(port) !== index).map((port) => `port ${port} is forwarded twice`);
}

/** What is wrong between the calls: names of resources, objects, images and ports. */
export function resourceFindings(calls: readonly Call[]): string[] {
  const objects = objectsIn(appliedYaml(calls));
  const resources = resourcesOf(calls, objects);
  const named = [
    ...of(calls, "k8s_resource").map((call) => ({ call, names: listOf(call.arguments.workload) })),
    ...calls.map((call) => ({ call, names: listOf(call.arguments.resource_deps) })),
    ...of(calls, "cmd_button").map((call) => ({ call, names: listOf(call.arguments.resource) })),
  ];
  const unknown = named.flatMap(({ call, names }) =>
    names
      .filter((name) => !resources.has(name))
      .map((name) => `${call.at}: ${call.function}: there is no resource ${name}`),
  );
  const buttons = of(calls, "cmd_button").map(({ arguments: given }) => String(given.name));
  const doubles = buttons.filter((name, index) => buttons.indexOf(name) !== index);
  return [
    ...unknown,
    ...circles(resources),
    ...wrongObjects(calls, objects),
    ...wrongImages(calls, objects),
    ...doublePorts(calls),
    ...doubles.map((name) => `the button ${name} is there twice`),
  ];
}
