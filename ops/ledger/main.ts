import { say } from "../command/say.ts";
import { endWith, readWords, WrongWord } from "../command/words.ts";
import { judgeAtRest, judgeBusy } from "./judge.ts";
import { openBooks } from "./read.ts";
import { report } from "./report.ts";
import { findSources } from "./sources.ts";

const help = `npm run ledger [-- --wait SECONDS] [--json]   the books of a running system: stock, money, orders

  --wait SECONDS   waits for rest, at most so long; what is not at its end by then is a fault
  --json           for programs: the faults, what is under way, and the books
  --since TIME     the payment provider remembers from then on (the stack's stand-in: from its start)

Of the running \`npm run stack\`, or of what MYSQL_URL, MONGODB_URL, MONGODB_DATABASE, STRIPE_SECRET_KEY and STRIPE_API_URL
name. Exits with 1 when the books do not balance, with 2 when they cannot be read.`;

async function main(): Promise<void> {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const { values } = readWords(help, { options: { wait: text, since: text, json: flag } });
  const seconds = values.wait === undefined ? undefined : Number(values.wait);
  if (seconds !== undefined && !(seconds >= 0))
    throw new WrongWord(`--wait: "${values.wait}" is not a number of seconds`);
  const since = values.since === undefined ? undefined : new Date(values.since);
  if (since !== undefined && Number.isNaN(since.getTime()))
    throw new WrongWord(`--since: "${values.since}" is no time such as 2026-01-31T18:00:00Z`);
  const sources = findSources(process.env);
  const books = openBooks(since ? { ...sources, moneySince: since } : sources);
  try {
    const verdict =
      seconds === undefined ? await judgeBusy(books.read) : await judgeAtRest(books.read, seconds * 1_000);
    say(values.json ? JSON.stringify(verdict, null, 2) : report(verdict));
    process.exitCode = verdict.faults.length === 0 ? 0 : 1;
  } finally {
    await books.close();
  }
}

main().catch((error: Error) => {
  endWith(error instanceof WrongWord ? error : new Error(`The books cannot be read: ${error.message}`));
  process.exitCode = 2;
});
