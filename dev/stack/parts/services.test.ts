import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { nodeSettings, root } from "./services.ts";

test("the stack's services run as the image does", () => {
  const [, options = "", arenas] =
    /^ENV NODE_OPTIONS="([^"]+)" MALLOC_ARENA_MAX=(\d+)$/m.exec(readFileSync(join(root, "Dockerfile"), "utf8")) ?? [];
  expect(options).not.toBe("");
  expect(nodeSettings.NODE_OPTIONS?.split(" ")).toEqual(expect.arrayContaining(options.split(" ")));
  expect(nodeSettings.MALLOC_ARENA_MAX).toBe(arenas);
});
