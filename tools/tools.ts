import { allPrograms, ensurePrograms, findProgram, type ProgramName } from "./programs/ensure.ts";
import { say } from "./programs/say.ts";

/** `npm run tools [list | NAME…]`: lists the programs of the real stack, or makes sure that they are there. */
async function main(words: readonly string[]): Promise<void> {
  const unknown = words.find((word) => word !== "list" && !allPrograms.includes(word as ProgramName));
  if (unknown !== undefined) throw new Error(`no program "${unknown}"; there are: ${allPrograms.join(", ")}`);
  if (words.includes("list")) {
    for (const name of allPrograms) say(`${name.padEnd(16)} ${(await findProgram(name)) ?? "missing"}`);
    return;
  }
  const wanted = words.length === 0 ? allPrograms : (words as readonly ProgramName[]);
  const paths = await ensurePrograms(wanted);
  for (const name of wanted) say(`${name.padEnd(16)} ${paths[name]}`);
}

main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
