import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { build, type Plugin } from "vite";
import { afterAll, afterEach, beforeAll, expect, inject, vi } from "vitest";
import { silentLogger } from "#common/logging";
import { launch, type Size, sizes } from "../../proof/e2e/browser.ts";
import type {} from "../../proof/testing/provided.ts";
import { type Embedded, type EmbeddedOptions, startEmbedded } from "../embedded.ts";

/** What the shop is, and what the page is built with beside its own. */
type Built = Pick<EmbeddedOptions, "shop"> & { plugins?: Plugin[] };

/**
 * Gives the tests of a file the guests' page as it is built, on a Gorder in one process, and browser windows of guests
 * with a language; `url()` is where it is. A test in which the page threw fails.
 */
export function guestVisits({ plugins = [], ...shop }: Built): {
  visit(size: Size, locale: string): Promise<Page>;
  url(): string;
} {
  const ends: (() => Promise<unknown>)[] = [];
  const complaints: string[] = [];
  let [browser, gorder, webDir] = [undefined as unknown as Browser, undefined as unknown as Embedded, ""];

  beforeAll(async () => {
    webDir = await mkdtemp(join(tmpdir(), "gorder-web-"));
    // The test runner's own value would make it a development build.
    vi.stubEnv("NODE_ENV", "production");
    const configFile = fileURLToPath(new URL("vite.config.ts", import.meta.url));
    await build({ configFile, logLevel: "warn", plugins, build: { outDir: webDir } });
    vi.unstubAllEnvs();
    const logger = () => silentLogger;
    gorder = await startEmbedded({ port: 0, cookSeconds: 0, cooks: 1, logger, webDir, ...shop });
    browser = await launch(inject("stack").chromium);
  });
  afterAll(async () => {
    await browser?.close();
    await gorder?.close();
    await rm(webDir, { recursive: true });
  });
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
    expect(complaints.splice(0)).toEqual([]);
  });

  return {
    url: () => gorder.url,
    async visit(size, locale) {
      const context = await browser.newContext({
        ...sizes[size],
        locale,
        baseURL: gorder.url,
        reducedMotion: "reduce",
      });
      ends.push(() => context.close());
      const page = await context.newPage();
      page.on("pageerror", ({ message }) => complaints.push(message));
      return page;
    },
  };
}
