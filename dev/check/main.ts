import { join } from "node:path";
import { endOf, run } from "../../ops/command/run.ts";
import { say, seconds } from "../../ops/command/say.ts";
import { readWords } from "../../ops/command/words.ts";
import { openApi } from "../../services/order/ports/http/openapi.ts";
import { apiFindings } from "./api/lint.ts";
import { brokenSinceRelease } from "./api/released.ts";
import { breakingChanges, staleGeneratedFiles } from "./contracts.ts";

type Result = { readonly code: number; readonly output: string };

const root = join(import.meta.dirname, "..", "..");
const bin = (name: string) => join(root, "node_modules", ".bin", name);
const command =
  (name: string, ...args: string[]) =>
  () =>
    run(bin(name), args, { cwd: root });

async function checkGenerated(): Promise<Result> {
  const stale = await staleGeneratedFiles();
  if (stale.length === 0) return { code: 0, output: "" };
  return { code: 1, output: `not what proto/ generates (run "npm run generate"):\n${stale.join("\n")}` };
}

/** Everything that can be said about the code without running it. */
const checks: Record<string, () => Promise<Result>> = {
  types: command("tsc", "--noEmit", "-p", "."),
  "types of the page": command("tsc", "--noEmit", "-p", "services/web"),
  "lint and format": command("biome", "check", "--error-on-warnings"),
  "unused code": command("knip"),
  "contracts: lint": command("buf", "lint"),
  "contracts: breaking changes": async () => {
    const output = await breakingChanges();
    return { code: output === "" ? 0 : 1, output };
  },
  "API: breaking changes": async () => {
    const broken = brokenSinceRelease();
    return { code: broken.length === 0 ? 0 : 1, output: broken.join("\n") };
  },
  "API: lint": async () => {
    const output = await apiFindings(openApi);
    return { code: output === "" ? 0 : 1, output };
  },
  "contracts: generated code": checkGenerated,
};

/** All of them at once, each told as it ends. @returns whether all is well. */
async function checkAll(): Promise<boolean> {
  const outcomes = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      const start = Date.now();
      const { code, output } = await check();
      say(`  ${code === 0 ? "ok    " : "FAILED"} ${name.padEnd(30)} ${seconds(start)}`);
      if (code !== 0) say(endOf(output, 60));
      return code;
    }),
  );
  return outcomes.every((code) => code === 0);
}

readWords("npm run check   everything that can be said about the code without running it");
process.exitCode = (await checkAll()) ? 0 : 1;
