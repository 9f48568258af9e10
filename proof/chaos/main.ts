import { appendFileSync, existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout } from "node:timers/promises";
import { build } from "../../dev/build/build.ts";
import { say, seconds } from "../../ops/command/say.ts";
import { endWith, readWords } from "../../ops/command/words.ts";
import { faults } from "./faults.ts";
import { longPlan, quickFaults, quickPlan } from "./plans.ts";
import { headLines, markdown, rowLine } from "./report.ts";
import { type Row, round, violations } from "./round.ts";
import { startSystem } from "./system.ts";

const help = `npm run chaos [-- --quick] [--only PATTERN] [--replicas N] [--rate N] [--seconds N] [--out FILE]

  Guests order all the time while one fault after the other strikes; after each one the books are compared.

  --quick         what npm test tries too
  --only PATTERN  the faults whose names match (a regular expression)
  --replicas N    so many processes of each service (default 2)
  --rate N        guests a second (default 8)
  --seconds N     how long a fault lasts (default 10)
  --out FILE      the table's rows are added to it (default .data/chaos.md)
  --keep          leaves data and logs in their folder when something was wrong
  --hold          stops at the first round with something wrong, and leaves the system running until Ctrl-C
  --list          the faults`;

const whole = (text: string) => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`"${text}" is not a whole number above 0`);
  return number;
};

async function main(): Promise<void> {
  const { values } = readWords(help, {
    options: {
      quick: { type: "boolean" },
      only: { type: "string", default: "" },
      replicas: { type: "string", default: "2" },
      rate: { type: "string", default: "8" },
      seconds: { type: "string", default: "10" },
      out: { type: "string", default: ".data/chaos.md" },
      keep: { type: "boolean", default: false },
      hold: { type: "boolean", default: false },
      list: { type: "boolean" },
    },
  });
  const replicas = whole(values.replicas);
  const chosen = (values.quick ? quickFaults : faults)
    .filter(({ name }) => new RegExp(values.only, "i").test(name))
    .filter((fault) => (fault.replicas ?? 1) <= replicas);
  // A run of nothing would find nothing wrong.
  if (chosen.length === 0)
    throw new Error(`no fault matches "${values.only}" with ${replicas} of each service: see --list`);
  if (values.list) return say(chosen.map(({ name }) => name).join("\n"));
  const plan = values.quick ? quickPlan : longPlan(whole(values.rate), whole(values.seconds));
  const begun = Date.now();
  await build();
  const system = await startSystem(replicas);
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => void system.end(values.keep).finally(() => process.exit(130)));
  const rows: Row[] = [];
  let wrong = 0;
  try {
    say(`  the system is up after ${seconds(begun)}\n${headLines}`);
    mkdirSync(dirname(values.out), { recursive: true });
    if (!existsSync(values.out)) appendFileSync(values.out, `${headLines}\n`);
    for (const fault of chosen) {
      const row = await round(system, fault, plan);
      rows.push(row);
      appendFileSync(values.out, `${rowLine(row)}\n`);
      say(rowLine(row));
      for (const violation of violations(row)) {
        wrong += 1;
        say(`    ${violation}`);
      }
      if (values.hold && wrong > 0) {
        say(`  on hold until Ctrl-C; data and logs are in ${system.stack.context.data}`);
        await setTimeout(2 ** 31 - 1);
      }
    }
  } finally {
    const keep = values.keep && wrong > 0;
    await system.end(keep);
    if (keep) say(`  data and logs are left in ${system.stack.context.data}`);
  }
  say(`\n${markdown(rows)}\n  ${wrong} things that must not be, after ${seconds(begun)}`);
  if (wrong > 0) process.exitCode = 1;
}

await main().catch(endWith);
process.exit();
