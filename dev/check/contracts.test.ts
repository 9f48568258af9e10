import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { breakingChanges, staleGeneratedFiles } from "./contracts.ts";

const root = join(import.meta.dirname, "..", "..");

async function copyOf(folder: string): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), "gorder-contracts-"));
  onTestFinished(() => rm(copy, { recursive: true, force: true }));
  await cp(join(root, folder), copy, { recursive: true });
  return copy;
}

async function edit(file: string, change: (text: string) => string): Promise<void> {
  const before = await readFile(file, "utf8");
  const after = change(before);
  expect(after).not.toBe(before);
  await writeFile(file, after);
}

test("the contracts do not break those who use the committed ones", async () => {
  expect(await breakingChanges()).toBe("");
}, 120_000);

test("a field that changes its number is a breaking change", async () => {
  const proto = await copyOf("proto");
  await edit(join(proto, "order", "v1", "order.proto"), (text) => text.replace(/ = 1;/, " = 99;"));
  expect(await breakingChanges(proto)).toContain("order.proto");
}, 120_000);

test("generated code that somebody edited is found", async () => {
  const generated = await copyOf(join("services", "common", "genproto"));
  await edit(join(generated, "order", "v1", "order_pb.ts"), (text) => `${text}\n// edited\n`);
  expect(await staleGeneratedFiles(generated)).toEqual(["order/v1/order_pb.ts"]);
}, 120_000);
