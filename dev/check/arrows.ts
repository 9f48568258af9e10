import { importsOf, isTest, type Module, resolve, waysRound } from "./architecture.ts";

/**
 * The folders from the ground up: each knows what is below it and nothing above. `ops/command` is how every command of
 * ours talks, `dev/programs` finds and builds what others wrote (k6 for a load); an operator's commands stand on both.
 */
const ground = ["services", "ops/command", "dev/programs", "ops", "dev", "proof"] as const;

/** How high above the ground a path is; undefined for packages, contracts and lists. */
function heightOf(path: string): number | undefined {
  const exact = ground.findIndex((folder) => folder.includes("/") && path.startsWith(`${folder}/`));
  const height = exact >= 0 ? exact : ground.findIndex((folder) => path.startsWith(`${folder}/`));
  return height >= 0 ? height : undefined;
}

/** Every import that points upward, as "path imports target: rule". Tests may lean on what proves, wherever they are. */
export function upwardImports(modules: readonly Module[]): string[] {
  return modules
    .filter(({ path }) => !isTest(path))
    .flatMap(({ path, source }) => {
      const height = heightOf(path) ?? ground.length;
      return importsOf(source).flatMap(({ name }) => {
        const above = heightOf(resolve(path, name)) ?? 0;
        return above > height ? [`${path} imports ${name}: ${ground[height]} knows nothing of ${ground[above]}`] : [];
      });
    });
}

/** "dev/stack" of "dev/stack/parts/redis.ts"; a file beside the folders stands for itself. */
function folderOf(path: string): string {
  return path.split("/").slice(0, 2).join("/");
}

/** Every circle of folders beside the services that need each other, by types too, as a way back to its beginning. */
export function folderCircles(modules: readonly Module[]): string[] {
  const needs = new Map<string, Set<string>>();
  for (const { path, source } of modules) {
    if (isTest(path) || path.startsWith("services/")) continue;
    const folder = folderOf(path);
    const targets = needs.get(folder) ?? new Set();
    for (const { name } of importsOf(source)) targets.add(folderOf(resolve(path, name)));
    targets.delete(folder);
    needs.set(folder, targets);
  }
  return waysRound(needs);
}
