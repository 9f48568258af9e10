import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { run } from "../../ops/command/run.ts";
import { entries } from "./build.ts";
import { layOutImage } from "./image.ts";

describe("an image", () => {
  test.each(Object.keys(entries))(
    "of %s starts without a package beside it, and names the settings it misses",
    async (service) => {
      const folder = mkdtempSync(join(tmpdir(), "gorder-image-"));
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
      await layOutImage(service, folder);

      const { code, output } = await run(process.execPath, ["main.js"], { cwd: folder, env: { PORT: "" } });

      expect(output).toContain(`${service} does not start.`);
      expect(output).toContain("PORT: ");
      expect(code).toBe(78);
      expect(readFileSync(join(folder, "sbom.cdx.json"), "utf8")).toContain('"express@5.3.0"');
    },
  );

  test("is not made of a service that is none", async () => {
    await expect(layOutImage("orders", "/nowhere")).rejects.toThrow('SERVICE is "orders"; there are: order, stock');
  });
});
