import { existsSync, readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import type { Call } from "./evaluate.ts";
import { fits, signatures } from "./signatures.ts";

/** Arguments that name files, by function. */
const paths: Readonly<Record<string, readonly string[]>> = {
  helm: ["pathToChartDir", "values"],
  helm_resource: ["deps"],
  docker_build: ["context", "dockerfile", "only"],
  fall_back_on: ["files"],
  sync: ["local_path"],
  run: ["trigger"],
  local_resource: ["deps", "dir", "serve_dir"],
};

export const listOf = (value: unknown): string[] => [value ?? []].flat().map(String);

function wrongTypes(call: Call): string[] {
  const { parameters = [] } = signatures.find(({ name }) => name === call.function) ?? {};
  return parameters.flatMap(({ name, type }) => {
    const value = call.arguments[name];
    return value === undefined || value === null || fits(value, type) ? [] : [`${name} is no ${type.name}`];
  });
}

function missingFiles({ function: name, folder, arguments: given }: Call): string[] {
  const named = (paths[name] ?? []).flatMap((argument) => listOf(given[argument]));
  // YAML is given as text, or as the name of a file.
  if (name === "k8s_yaml") named.push(...listOf(given.yaml).filter((text) => !text.includes("\n")));
  return named.filter((path) => !existsSync(join(folder, path))).map((path) => `there is no ${path}`);
}

type Step = { readonly by: string; readonly remote_path?: string };
const stepOrder = ["fall_back_on", "sync", "run"];

/** A live update falls back first, then copies, then runs; Kubernetes restarts no container for it. */
function wrongSteps({ arguments: { live_update: steps } }: Call): string[] {
  const names = ((steps ?? []) as Step[]).map(({ by }) => by);
  const sorted = [...names].sort((a, b) => stepOrder.indexOf(a) - stepOrder.indexOf(b));
  const unknown = names.filter((name) => !stepOrder.includes(name));
  if (unknown.length > 0) return [`${unknown.join(", ")} is no step of a live update in Kubernetes`];
  return names.join() === sorted.join() ? [] : [`live_update has its steps in the order ${names.join(", ")}`];
}

function wrongDestination({ function: name, arguments: given }: Call): string[] {
  return name === "sync" && !isAbsolute(String(given.remote_path)) ? [`${given.remote_path} is not absolute`] : [];
}

/** The stage and the arguments that are given to a Dockerfile are there. */
function wrongBuild({ function: name, folder, arguments: given }: Call): string[] {
  const file = join(folder, String(given.dockerfile ?? "Dockerfile"));
  if (name !== "docker_build" || !existsSync(file)) return [];
  const text = readFileSync(file, "utf8");
  const stages = [...text.matchAll(/^FROM .* AS (\S+)/gim)].map(([, stage]) => stage);
  const known = [...text.matchAll(/^ARG (\w+)/gm)].map(([, argument]) => argument);
  const unknown = Object.keys((given.build_args ?? {}) as object).filter((argument) => !known.includes(argument));
  const findings = unknown.map((argument) => `the Dockerfile has no ARG ${argument}`);
  if (given.target && !stages.includes(String(given.target)))
    findings.push(`the Dockerfile has no stage ${given.target}`);
  return findings;
}

const labelPattern = /^[a-z0-9A-Z]([\w.-]{0,61}[a-z0-9A-Z])?$/;

function wrongLabels({ arguments: { labels } }: Call): string[] {
  return listOf(labels).flatMap((label) => (labelPattern.test(label) ? [] : [`"${label}" is no label`]));
}

/** Commands name npm scripts that there are. */
function missingScripts({ arguments: { cmd, serve_cmd, argv } }: Call, scripts: readonly string[]): string[] {
  const text = [cmd, serve_cmd, argv].map((words) => listOf(words).join(" ")).join(" ");
  const named = [...text.matchAll(/npm run (?:--silent |-s )?([\w:-]+)/g)].map(([, script = ""]) => script);
  return named.filter((script) => !scripts.includes(script)).map((script) => `there is no "npm run ${script}"`);
}

/** What is wrong with the arguments of each call by itself. */
export function argumentFindings(calls: readonly Call[], scripts: readonly string[]): string[] {
  const rules = [wrongTypes, missingFiles, wrongSteps, wrongDestination, wrongBuild, wrongLabels];
  return calls.flatMap((call) =>
    [...rules.flatMap((rule) => rule(call)), ...missingScripts(call, scripts)].map(
      (finding) => `${call.at}: ${call.function}: ${finding}`,
    ),
  );
}
