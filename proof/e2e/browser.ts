import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Locator,
  type Page,
} from "playwright-core";

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

/** How long what a guest waits for may take: a browser, a stack and its tests on two busy cores are slow. */
const patienceMs = 60_000;

/** The screens that guests have. */
export const sizes = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
};
export type Size = keyof typeof sizes;

/** Starts a browser that calls nobody but us. */
export function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: flags });
}

/** A guest with a browser window of their own, at the page under `baseURL`. */
export async function openWindow(
  browser: Browser,
  baseURL: string,
  size: Size,
  colorScheme: "light" | "dark" = "light",
  options: BrowserContextOptions = {},
): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ ...sizes[size], colorScheme, locale: "en-IE", baseURL, ...options });
  context.setDefaultTimeout(patienceMs);
  return { page: await context.newPage(), context };
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
