import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { say } from "../command/say.ts";
import { demandUrl, endWith, readWords, WrongWord } from "../command/words.ts";
import { demandGorder, findRunning } from "../demo/running.ts";
import { jobYaml } from "./job.ts";
import { thresholdMissed } from "./k6.ts";
import { runScenario, type Scenario, scenarios } from "./scenarios.ts";

const help = `npm run load -- ${scenarios.join("|")} [--url URL] [-e NAME=VALUE]… [--out FOLDER] [--job]

  --url URL      where Gorder is: a port-forward, a service or an ingress (default: what runs here)
  -e NAME=VALUE  what the head of the scenario names: RATE, DURATION, BUYERS, PRODUCT; and for every one of them
                 THINK=0        guests who never pause
                 PAY=no         guests who leave before they pay, where Stripe itself takes the money
                 PAY_URL=URL    where the stand-in's page is reached from here
                 ALONE=no       others order meanwhile: the shelves prove nothing
                 PATIENCE_SECONDS=60
  --out FOLDER   where SCENARIO.json goes (default .data/load)
  --job          print the scenario as a Kubernetes Job instead: npm run -s load -- smoke --job | kubectl apply -n shop -f -
                 a chart with a fullnameOverride needs --url http://NAME-order:8080 -e PAY_URL=http://NAME-standin:8080`;

function variables(words: readonly string[]): Record<string, string> {
  const pairs = words.map((word) => /^([A-Z_]+)=(.*)$/s.exec(word) ?? [word]);
  const wrong = pairs.find(([, name]) => name === undefined);
  if (wrong) throw new WrongWord(`-e takes NAME=VALUE, not "${wrong[0]}"`);
  return Object.fromEntries(pairs.map(([, name = "", value = ""]) => [name, value]));
}

function scenarioOf([word, more]: readonly string[]): Scenario {
  const scenario = scenarios.find((name) => name === word);
  if (word === undefined) throw new WrongWord(`Which load? One of ${scenarios.join(", ")}; --help tells the rest`);
  if (scenario === undefined) throw new WrongWord(`There is no load "${word}": ${scenarios.join(", ")}`);
  if (more !== undefined) throw new WrongWord(`One load at a time: "${more}" is too much`);
  return scenario;
}

async function main(): Promise<void> {
  const { values, positionals } = readWords(help, {
    allowPositionals: true,
    options: {
      url: { type: "string" },
      env: { type: "string", short: "e", multiple: true, default: [] },
      out: { type: "string", default: ".data/load" },
      job: { type: "boolean", default: false },
    },
  });
  const scenario = scenarioOf(positionals);
  const named = values.url === undefined ? undefined : demandUrl(values.url);
  const env = variables(values.env);
  if (values.job) return void process.stdout.write(jobYaml(scenario, { ...env, ...(named && { URL: named }) }));
  const url = named ?? (await findRunning());
  if (url === undefined) throw new Error("Gorder does not run here: start it, or say where it is with --url");
  await demandGorder(url);
  process.exitCode = await measure(scenario, { ...env, URL: url }, values.out);
}

async function measure(scenario: Scenario, env: Record<string, string>, out: string): Promise<number> {
  mkdirSync(out, { recursive: true });
  const file = join(out, `${scenario}.json`);
  const code = await runScenario(scenario, { env: { ...env, SUMMARY: file } });
  if (code === 0 || code === thresholdMissed) say(`  ${file}`);
  return code;
}

await main().catch(endWith);
