import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, inject } from "vitest";
import { launch, openWindow, type Size } from "./browser.ts";

type Visit = { page: Page; context: BrowserContext };

/**
 * Gives the tests of a file a browser and each of them visits by guests of their own. A test in which the page threw,
 * or broke its own content security policy, fails.
 */
export function guestVisits(): (
  size: Size,
  scheme?: "light" | "dark",
  options?: BrowserContextOptions,
) => Promise<Visit> {
  let browser: Browser;
  const open: Visit[] = [];
  const complaints: string[] = [];
  beforeAll(async () => {
    browser = await launch(inject("stack").chromium);
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    await Promise.all(open.splice(0).map(({ context }) => context.close()));
    expect(complaints.splice(0)).toEqual([]);
  });

  return async (size, scheme, options) => {
    const visit = await openWindow(browser, inject("stack").apps.order.url, size, scheme, options);
    open.push(visit);
    visit.page.on("pageerror", (error) => complaints.push(error.message));
    visit.page.on("console", (message) => {
      const serious = message.type() === "error" && /Content.Security.Policy|Uncaught/i.test(message.text());
      if (serious) complaints.push(message.text());
    });
    return visit;
  };
}
