import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run } from "../../ops/command/run.ts";

/** Debian keeps servers where a plain user's PATH does not look. */
const serverFolders = ["/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/lib/rabbitmq/bin"];

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The first of these commands that this machine has, with its full path. */
export function which(...names: readonly string[]): string | undefined {
  const folders = [...(process.env.PATH ?? "").split(delimiter), ...serverFolders].filter((folder) => folder !== "");
  for (const name of names) {
    const found = folders.map((folder) => join(folder, name)).find(isProgram);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A command on PATH whose own word on its version matches. */
export async function whichVersion(
  name: string,
  versionArgs: readonly string[],
  wanted: (output: string) => boolean,
): Promise<string | undefined> {
  const path = which(name);
  if (path === undefined) return undefined;
  const { code, output } = await run(path, versionArgs);
  return code === 0 && wanted(output) ? path : undefined;
}

/** True when the text names exactly this version: 1.14.0 is not in "1.14.01" nor in "11.14.0". */
export function names(version: string): (output: string) => boolean {
  const pattern = new RegExp(`(^|[^0-9.])v?${version.replaceAll(".", "\\.")}($|[^0-9.])`, "m");
  return (output) => pattern.test(output);
}
