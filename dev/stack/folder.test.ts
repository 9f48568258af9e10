import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { loadSecrets } from "./secrets.ts";
import { demandFolder } from "./stack.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "gorder-folder-"));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

test("a folder that is not there yet is made", () => {
  const data = join(folder(), "a", "b");
  demandFolder(data);
  expect(existsSync(data)).toBe(true);
});

test("where nothing can be kept, that is said before anything starts, with the way round it", () => {
  const file = join(folder(), "file");
  writeFileSync(file, "");
  for (const data of [file, join(file, "data")])
    expect(() => demandFolder(data)).toThrow(/^Nothing can be kept in .*: set GORDER_DATA to a folder that is yours$/);
});

test.each(["{", "[1]", '{"redisPassword": 7}', "hunter2hunter2"])("kept secrets that read %j are no riddle", (text) => {
  const file = join(folder(), "secrets.json");
  writeFileSync(file, text);
  expect(() => loadSecrets(file)).toThrow(
    /^.*secrets\.json cannot be read as the stack left it: put it back, or remove /,
  );
  expect(() => loadSecrets(file)).not.toThrow("hunter2");
  expect(readFileSync(file, "utf8")).toBe(text);
});
