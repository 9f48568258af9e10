import { createCLI } from "vitest/node";
import { say } from "../../ops/command/say.ts";
import { endWith, WrongWord } from "../../ops/command/words.ts";
import { runCounted } from "./counted.ts";

const help = `npm test [-- FILE… | vitest's options]   every test, those with real servers and a real browser included

  FILE…           files whose path contains one of these words alone, as in npm test -- stock
  --project NAME  unit (no server), int (a real server each), e2e (the stack and a browser) or chaos (faults under load)
  -t WORDS        tests whose name contains them
  GORDER_REPLICAS how many processes of each service e2e starts (default 1)

npm run test:unit is the same with --project unit. Vitest's other options are taken too: npx vitest --help. The last line
says "N passed, N failed", and the exit code is 0 only if every test passed.`;

/** @throws WrongWord, in one sentence, where Vitest would end with a stack trace. */
function demandKnown(words: readonly string[]): void {
  try {
    const cli = createCLI();
    cli.parse(["node", "vitest", "run", ...words], { run: false });
    cli.matchedCommand?.checkUnknownOptions();
    cli.matchedCommand?.checkOptionValue();
  } catch (error) {
    throw new WrongWord(`${(error as Error).message}: "npm test -- --help" says what there is`);
  }
}

/** `npm test [-- vitest's arguments]`: runs every test and ends with one line, "N passed, N failed". */
async function main(words: readonly string[]): Promise<void> {
  if (words.includes("--help") || words.includes("-h")) return say(help);
  demandKnown(words);
  const { line, ok } = await runCounted(words);
  say(line);
  process.exit(ok ? 0 : 1);
}

await main(process.argv.slice(2)).catch(endWith);
