import { say } from "../ops/command/say.ts";
import { readWords } from "../ops/command/words.ts";

/** Every command, once: what it does, in the order of package.json, by what one wants. */
const commands: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "to see it": {
    start: "everything in one process, on memory",
    demo: "one order from the menu to ready, at what runs",
    stack: "everything for real on this machine, each service with its sidecar",
  },
  "to operate it": {
    ledger: "the books of a running system: stock, money, orders",
    dlq: "what consumers could not handle: list, show, redrive, discard",
    load: "k6 guests at what runs, or as a Job for a cluster",
  },
  "to prove it": {
    test: "every test there is, with the real servers",
    "test:unit": "the quick ones, which need no server",
    "test:k8s": "the chart on a real cluster, from nothing to nothing",
    chaos: "one fault after another under load, and the books after each",
    bench: "how fast it is: the tables of docs/numbers.md",
    "bench:stock": "stock's transactions alone",
    "bench:mongo": "the order store's writes alone",
    "bench:staff": "the staff's questions among many orders",
  },
  "to work on it": {
    check: "all that can be said about the code without running it",
    typecheck: "TypeScript, without the pages",
    "typecheck:web": "TypeScript of the pages",
    format: "Biome, which writes what it can put right",
    generate: "code from proto/",
    build: "a bundle of each service, in dist/",
    "build:web": "the pages, in dist/",
    "dev:web": "the guests' page, served anew at each change",
    "dev:staff": "the staff's page, served anew at each change",
    screenshot: "the guests' page for docs/",
    "screenshot:staff": "the staff's screens for docs/",
    "k8s:check": "the chart and what it renders",
    "tilt:check": "the Tiltfile, without Tilt",
    observability: "dashboards and rules into the chart",
    compose: "compose.yaml and dapr.yaml, of what the stack starts",
    tools: "the programs of the real stack: which are here, and how they get here",
    lockfile: "after a change of dependencies",
    sbom: "what all of it is made of",
    help: "this list",
  },
};

readWords("npm run help   every command, by what one wants");
for (const [purpose, lines] of Object.entries(commands)) {
  say(`\n  ${purpose}`);
  for (const [name, line] of Object.entries(lines)) say(`    npm run ${name.padEnd(18)} ${line}`);
}
say("\n  npm run NAME -- --help says what else most of them take.\n");
