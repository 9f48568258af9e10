import { gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";
import { beforeAll, describe, expect, test, vi } from "vitest";

type File = Rolldown.OutputAsset | Rolldown.OutputChunk;

/** What a page that is built as for production may weigh, zipped, in kB, and where its files lie. */
export type BuiltPage = {
  readonly configFile: string;
  readonly script: number;
  readonly style: number;
  readonly assets: string;
};

/** What holds of every page that browsers load. */
export function builtPageSuite(name: string, { configFile, script, style, assets }: BuiltPage): void {
  describe(`${name}, built`, () => {
    let files: File[];

    beforeAll(async () => {
      // The test runner's own value would make it a development build.
      vi.stubEnv("NODE_ENV", "production");
      const built = await build({ configFile, logLevel: "warn", build: { write: false } });
      vi.unstubAllEnvs();
      files = [built].flat().flatMap((each) => ("output" in each ? each.output : []));
    }, 120_000);

    const textOf = (file: File) => (file.type === "chunk" ? file.code : Buffer.from(file.source).toString());
    const zipped = (end: string) =>
      files
        .filter((file) => file.fileName.endsWith(end))
        .reduce((size, file) => size + gzipSync(textOf(file)).length, 0);

    test(`the script stays under ${script} kB, zipped, and the style under ${style} kB`, () => {
      expect(zipped(".js")).toBeGreaterThan(5_000);
      expect(zipped(".js")).toBeLessThan(script * 1_000);
      expect(zipped(".css")).toBeGreaterThan(1_000);
      expect(zipped(".css")).toBeLessThan(style * 1_000);
    });

    test(`its files lie under ${assets}, and nothing in the document needs a hole in the content security policy`, () => {
      const document = files.filter((file) => file.fileName.endsWith(".html")).map(textOf)[0] ?? "";
      expect(document).toContain(`src="${assets}`);
      expect(document).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
    });

    test("nothing is loaded from another host", () => {
      const styles = files.filter((file) => /\.(css|html)$/.test(file.fileName)).map(textOf);
      expect(styles.length).toBeGreaterThan(1);
      expect(styles.join("\n")).not.toMatch(/(https?:)?\/\/[a-z]/i);
      expect(styles.join("\n")).not.toContain("data:");
    });
  });
}
