import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const root = join(import.meta.dirname, "..", "..");

/** The part of a CycloneDX list that is read; the rest passes through. */
const list = z.looseObject({
  metadata: z.looseObject({ component: z.looseObject({ "bom-ref": z.string() }) }),
  components: z.array(z.looseObject({ "bom-ref": z.string() })),
  dependencies: z.array(z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()).optional() })),
});

/** The packages that files belong to, as name@version. @param files paths from the root of the repository. */
export function packagesIn(files: readonly string[]): string[] {
  const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;
  const folders = new Set(files.flatMap((file) => folder.exec(file)?.[0] ?? []));
  return [...folders].map((path) => {
    const { name, version } = JSON.parse(readFileSync(join(root, path, "package.json"), "utf8"));
    return `${name}@${version}`;
  });
}

/**
 * What `npm sbom` lists, less what is not in the image.
 * @param parts the packages that are, as name@version
 * @throws when npm does not know one of them
 */
export function listOfParts(ofNpm: unknown, service: string, parts: readonly string[]): unknown {
  const { metadata, components, dependencies, ...rest } = list.parse(ofNpm);
  const known = new Set(components.map((component) => component["bom-ref"]));
  const unknown = parts.filter((part) => !known.has(part));
  if (unknown.length > 0) throw new Error(`npm sbom does not list ${unknown.join(", ")}`);
  const own = metadata.component["bom-ref"];
  const kept = new Set([own, ...parts]);
  return {
    ...rest,
    metadata: { ...metadata, component: { ...metadata.component, name: `gorder-${service}` } },
    components: components.filter((component) => kept.has(component["bom-ref"])),
    dependencies: dependencies
      .filter(({ ref }) => kept.has(ref))
      .map(({ dependsOn = [], ...of }) => ({ ...of, dependsOn: dependsOn.filter((ref) => kept.has(ref)) })),
  };
}
