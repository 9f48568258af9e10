import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { build } from "vite";
import { afterAll, afterEach, beforeAll, expect, inject, vi } from "vitest";
import { launch } from "../../../../proof/e2e/browser.ts";
import type {} from "../../../../proof/testing/provided.ts";
import { serveFakeStaff } from "./server.ts";
import { aFakeState, type FakeState } from "./state.ts";

/** The screens that the page is made for. */
export const sizes = {
  tablet: { viewport: { width: 1024, height: 768 }, hasTouch: true },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  desktop: { viewport: { width: 1440, height: 900 } },
} as const;
export type Size = keyof typeof sizes;

type Visit = { page: Page; context: BrowserContext; state: FakeState };
type Wanted = { size?: Size; scheme?: "light" | "dark"; arrange?: (state: FakeState) => void };

/**
 * Gives the tests of a file the built page, and each visit a browser window and a staff service of its own, which is
 * played. A test in which the page threw, or broke its own content security policy, fails.
 */
export function staffVisits(): (wanted?: Wanted) => Promise<Visit> {
  let browser: Browser;
  let webDir: string;
  const ends: (() => Promise<unknown>)[] = [];
  const complaints: string[] = [];
  beforeAll(async () => {
    webDir = await mkdtemp(join(tmpdir(), "gorder-staff-"));
    // The test runner's own value would make it a development build.
    vi.stubEnv("NODE_ENV", "production");
    const configFile = fileURLToPath(new URL("../vite.config.ts", import.meta.url));
    await build({ configFile, logLevel: "warn", build: { outDir: webDir } });
    vi.unstubAllEnvs();
    browser = await launch(inject("stack").chromium);
  });
  afterAll(async () => {
    await browser?.close();
    await rm(webDir, { recursive: true });
  });
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
    expect(complaints.splice(0)).toEqual([]);
  });

  return async ({ size = "tablet", scheme = "light", arrange } = {}) => {
    const state = aFakeState();
    arrange?.(state);
    const http = await serveFakeStaff(webDir, state);
    ends.push(() => http.close());
    const baseURL = `http://127.0.0.1:${http.port}`;
    const context = await browser.newContext({
      ...sizes[size],
      colorScheme: scheme,
      locale: "en-IE",
      baseURL,
      reducedMotion: "reduce",
    });
    ends.push(() => context.close());
    const page = await context.newPage();
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      const serious = message.type() === "error" && /Content.Security.Policy|Uncaught/i.test(message.text());
      if (serious) complaints.push(message.text());
    });
    return { page, context, state };
  };
}
