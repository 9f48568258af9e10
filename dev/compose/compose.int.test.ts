import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { run } from "../../ops/command/run.ts";
import { ensurePrograms } from "../programs/ensure.ts";
import { root } from "../stack/parts/services.ts";

const text = readFileSync(join(root, "compose.yaml"), "utf8");

/** What Compose's own reader says of a file: it checks its form, and that what is named in it is there. */
async function readByCompose(content: string): Promise<{ code: number; output: string }> {
  const folder = mkdtempSync(join(tmpdir(), "gorder-compose-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "compose.yaml"), content);
  const { "compose-go": reader } = await ensurePrograms(["compose-go"]);
  return run(reader, ["compose.yaml"], { cwd: folder });
}

test("compose.yaml is what Compose reads", { timeout: 120_000 }, async () => {
  const { code, output } = await readByCompose(text);
  expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
});

test.each([
  ["a field that is none", "restart: unless-stopped", "restarts: always", "restarts"],
  ["a network of a container that is not there", "service:loopback", "service:nowhere", "nowhere"],
  ["a config that is not there", "source: keep.sql", "source: stock.sql", "stock.sql"],
  ["a volume that is not there", "redis:/data", "cache:/data", "cache"],
])("%s is refused", { timeout: 120_000 }, async (_, good, bad, named) => {
  const { code, output } = await readByCompose(text.replace(good, bad));
  expect(code).not.toBe(0);
  expect(output).toContain(named);
});
