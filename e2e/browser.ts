import { type Browser, type BrowserContext, chromium, type Locator, type Page } from "playwright-core";
import { inject } from "vitest";

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  // Without these it looks for hosts of its maker at every start.
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const sizes = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
};
export type Size = keyof typeof sizes;

export function launch(executablePath = inject("stack").chromium): Promise<Browser> {
  return chromium.launch({ executablePath, args: flags });
}

/** A guest with a browser window of their own. `complaints` are uncaught errors and broken rules of the page's CSP. */
export type Visit = { page: Page; context: BrowserContext; complaints: string[] };

export async function visit(browser: Browser, size: Size, scheme: "light" | "dark" = "light"): Promise<Visit> {
  const baseURL = inject("stack").apps.order.url;
  const context = await browser.newContext({ ...sizes[size], colorScheme: scheme, locale: "en-IE", baseURL });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && /Content.Security.Policy|Uncaught/i.test(message.text()))
      complaints.push(message.text());
  });
  return { page, context, complaints };
}

/** Presses Tab until the wanted thing has the focus, as someone without a mouse does. */
export async function tabTo(page: Page, wanted: Locator, limit = 80): Promise<void> {
  await wanted.waitFor();
  for (let pressed = 0; pressed < limit; pressed += 1) {
    if (await wanted.evaluate((element) => element === element.ownerDocument.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never reached ${wanted}`);
}
