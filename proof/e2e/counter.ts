import type { Browser, Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { violations } from "./axe.ts";
import { openWindow } from "./browser.ts";

/** The screens of the staff's page, by their names in the navigation. */
type Screen = "Kitchen" | "Orders" | "Takings" | "Menu" | "Money" | "Trouble" | "Audit";

/** As long as a stack on a busy machine may need for a thing that it does in a second. */
export const patience = { timeout: 60_000, interval: 200 };

/** Somebody who signs in at the provider, in a browser window of their own. @param name on the provider's button. */
export async function workAt(browser: Browser, staffUrl: string, name: string): Promise<Page> {
  const viewport = { width: 1024, height: 768 };
  const { page } = await openWindow(browser, staffUrl, "desktop", "light", { viewport, reducedMotion: "reduce" });
  page.setDefaultTimeout(patience.timeout);
  await page.goto("/staff/");
  await page.getByRole("heading", { name: "Behind the counter" }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.getByRole("button", { name }).click();
  await page.locator(".who", { hasText: name }).waitFor();
  return page;
}

/** Goes to a screen, on which axe has nothing to object to once it is there. */
export async function turnTo(page: Page, screen: Screen): Promise<void> {
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: screen }).click();
  await page.getByRole("heading", { level: 1, name: screen }).waitFor();
  await page.locator("main:not(:has(.skeleton)):not(:has([aria-busy=true]))").waitFor();
  expect(await violations(page), screen).toEqual([]);
}

/** Answers the open question: the reason, then the button. */
export async function answer(page: Page, reason: string, button: string): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill(reason);
  expect(await violations(page), button).toEqual([]);
  await dialog.locator("button[type=submit]", { hasText: button }).click();
  await dialog.waitFor({ state: "hidden" });
}

/** Loads the page again until something is there: what a page shows may be some seconds old. */
export async function untilShown(page: Page, wanted: Locator): Promise<void> {
  await expect
    .poll(async () => {
      await page.reload();
      return wanted
        .first()
        .waitFor({ timeout: 3_000 })
        .then(
          () => "shown",
          () => `${wanted} is not shown`,
        );
    }, patience)
    .toBe("shown");
}
