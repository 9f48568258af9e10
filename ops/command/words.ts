import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { say } from "./say.ts";

/** Which words a command takes besides its options: none unless it says so. */
type Shape<O extends ParseArgsOptionsConfig> = { readonly options?: O; readonly allowPositionals?: boolean };

const helpOption = { help: { type: "boolean", short: "h" } } as const;

/** A word that a command does not take, or a value that it cannot use: said in one sentence, with exit code 2. */
export class WrongWord extends Error {}

/**
 * What a command was told. With `--help` it prints `help`, which begins with the command's name, and the process ends
 * well; at a word that the command does not take it ends with 2 and one sentence, which leads to the help.
 */
export function readWords<const O extends ParseArgsOptionsConfig>(
  help: string,
  { options = {} as O, allowPositionals = false }: Shape<O> = {},
  args: readonly string[] = process.argv.slice(2),
) {
  const words = readOrEnd(help, () =>
    parseArgs({ args: [...args], options: { ...options, ...helpOption }, allowPositionals }),
  );
  if ((words.values as { help?: boolean }).help !== true) return words;
  say(help);
  return process.exit(0);
}

function readOrEnd<T>(help: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    // Node's second sentence tells how to pass a word that begins with a dash, which no command of ours takes.
    const [what = ""] = (error as Error).message.split(/\.\s/);
    endWith(new WrongWord(`${what}: "${commandOf(help)} -- --help" says what there is`));
    return process.exit();
  }
}

/** "npm run load" of the help's first line. */
function commandOf(help: string): string {
  return /^npm (run )?[\w:]+/.exec(help)?.[0] ?? "npm run";
}

/** Ends a command that cannot go on, with a sentence in place of a stack trace; wrong words with 2, all else with 1. */
export function endWith(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof WrongWord ? 2 : 1;
}

/**
 * The origin of an address, which paths can be put behind.
 * @throws WrongWord when it is none that HTTP knows, or has a path: everything of Gorder stands at the root.
 */
export function demandUrl(address: string): string {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new WrongWord(`"${address}" is no URL such as http://localhost:8080`);
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "")
    throw new WrongWord(`"${address}" has more than a host: Gorder is at ${url.origin} or nowhere there`);
  return url.origin;
}
