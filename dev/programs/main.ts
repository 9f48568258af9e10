import { say } from "../../ops/command/say.ts";
import { endWith, readWords, WrongWord } from "../../ops/command/words.ts";
import { allPrograms, ensurePrograms, findProgram, type ProgramName } from "./ensure.ts";

const help = `npm run tools [-- list | NAME…]   the programs of the real stack

  list    which of them are here, and where
  NAME…   makes sure that these are here (none named: all): ${allPrograms.join(", ")}`;

async function main(words: readonly string[]): Promise<void> {
  const unknown = words.find((word) => word !== "list" && !allPrograms.includes(word as ProgramName));
  if (unknown !== undefined)
    throw new WrongWord(`There is no program "${unknown}"; there are: ${allPrograms.join(", ")}`);
  if (words.includes("list")) {
    for (const name of allPrograms) say(`${name.padEnd(16)} ${(await findProgram(name)) ?? "missing"}`);
    return;
  }
  const wanted = words.length === 0 ? allPrograms : (words as readonly ProgramName[]);
  const paths = await ensurePrograms(wanted);
  for (const name of wanted) say(`${name.padEnd(16)} ${paths[name]}`);
}

main(readWords(help, { allowPositionals: true }).positionals).catch(endWith);
