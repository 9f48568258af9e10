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

test("the page's script stays under 32 kB, zipped, and its style under 10 kB", () => {
  expect(zipped(".js")).toBeGreaterThan(5_000);
  expect(zipped(".js")).toBeLessThan(32_000);
  expect(zipped(".css")).toBeGreaterThan(1_000);
  expect(zipped(".css")).toBeLessThan(10_000);
});

test("nothing in the document needs a hole in the content security policy", () => {
  const document = files.filter((file) => file.fileName.endsWith(".html")).map(textOf)[0] ?? "";
  expect(document).toContain('src="/assets/');
  expect(document).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
});

test("nothing is loaded from another host", () => {
  const styles = files.filter((file) => /\.(css|html)$/.test(file.fileName)).map(textOf);
  expect(styles.length).toBeGreaterThan(1);
  expect(styles.join("\n")).not.toMatch(/(https?:)?\/\/[a-z]/i);
  expect(styles.join("\n")).not.toContain("data:");
});
