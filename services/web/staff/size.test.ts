import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";
import { beforeAll, expect, test, vi } from "vitest";

let files: (Rolldown.OutputAsset | Rolldown.OutputChunk)[];

beforeAll(async () => {
  // The test runner's own value would make it a development build.
  vi.stubEnv("NODE_ENV", "production");
  const configFile = fileURLToPath(new URL("vite.config.ts", import.meta.url));
  const built = await build({ configFile, logLevel: "warn", build: { write: false } });
  vi.unstubAllEnvs();
  files = [built].flat().flatMap((each) => ("output" in each ? each.output : []));
}, 120_000);

const textOf = (file: Rolldown.OutputAsset | Rolldown.OutputChunk) =>
  file.type === "chunk" ? file.code : Buffer.from(file.source).toString();
const zipped = (end: string) =>
  files.filter((file) => file.fileName.endsWith(end)).reduce((size, file) => size + gzipSync(textOf(file)).length, 0);

test("the staff's script stays under 80 kB, zipped, and its style under 12 kB", () => {
  expect(zipped(".js")).toBeGreaterThan(20_000);
  expect(zipped(".js")).toBeLessThan(80_000);
  expect(zipped(".css")).toBeGreaterThan(1_000);
  expect(zipped(".css")).toBeLessThan(12_000);
});

test("the document lies under /staff/ and needs no hole in the content security policy", () => {
  const document = files.filter((file) => file.fileName.endsWith(".html")).map(textOf)[0] ?? "";
  expect(document).toContain('src="/staff/assets/');
  expect(document).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
});

test("nothing is loaded from another host", () => {
  const styles = files.filter((file) => /\.(css|html)$/.test(file.fileName)).map(textOf);
  expect(styles.length).toBeGreaterThan(1);
  expect(styles.join("\n")).not.toMatch(/(https?:)?\/\/[a-z]/i);
  expect(styles.join("\n")).not.toContain("data:");
});
