import { stat } from "node:fs/promises";
import type { Page } from "playwright-core";
import { ensurePrograms } from "../../dev/programs/ensure.ts";
import { demandUrl, endWith, readWords } from "../../ops/command/words.ts";
import { demandGorder } from "../../ops/demo/running.ts";
import { launch, openWindow, type Size } from "../e2e/browser.ts";
import { headline, payWith, placeOrder } from "../e2e/guest.ts";

const maxBytes = 200_000;
const help =
  "npm run screenshot [-- URL]   the guest's page for docs/, of what runs there (default http://127.0.0.1:8080)";

async function main(): Promise<void> {
  const [given = "http://127.0.0.1:8080"] = readWords(help, { allowPositionals: true }).positionals;
  const address = demandUrl(given);
  await demandGorder(address);
  const browser = await launch((await ensurePrograms(["chromium"])).chromium);
  try {
    for (const size of ["desktop", "phone"] as const) await takeBoth(await openWindow(browser, address, size), size);
  } finally {
    await browser.close();
  }
}

/** The menu with a filled cart, and an order on its way. */
async function takeBoth({ page, context }: Awaited<ReturnType<typeof openWindow>>, size: Size) {
  await page.goto("/");
  for (const dish of [0, 3, 5]) await page.locator(".card").nth(dish).getByRole("button").last().click();
  await page.locator(".card").first().getByRole("button").last().click();
  await take(page, `menu-${size}`);
  await placeOrder(page);
  await payWith(page, "Pay");
  await headline(page, /kitchen|cooked|ready/).waitFor();
  await take(page, `order-${size}`);
  await context.close();
}

async function take(page: Page, name: string) {
  const file = `docs/${name}.png`;
  await page.evaluate("scrollTo(0, 0)");
  await page.evaluate("document.activeElement.blur()");
  await page.mouse.move(0, 0);
  await page.screenshot({ path: file, animations: "disabled" });
  const bytes = (await stat(file)).size;
  if (bytes > maxBytes) throw new Error(`${file} has ${bytes} bytes, over ${maxBytes}`);
  process.stdout.write(`${file}: ${Math.round(bytes / 1000)} kB\n`);
}

await main().catch(endWith);
