import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { expect } from "vitest";

/** The screens of the staff's page, by their names in the navigation. */
type Screen = "Kitchen" | "Orders" | "Takings" | "Menu" | "Money" | "Trouble" | "Audit";

/** Somebody who signs in at the provider, in a browser window of their own. @param name on the provider's button. */
export async function workAt(browser: Browser, staffUrl: string, name: string): Promise<Page> {
  const viewport = { width: 1024, height: 768 };
  const context = await browser.newContext({ viewport, locale: "en-IE", baseURL: staffUrl, reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto("/staff/");
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.getByRole("button", { name }).click();
  await page.getByText(name).first().waitFor();
  return page;
}

/** Goes to a screen, on which axe has nothing to object to. */
export async function turnTo(page: Page, screen: Screen): Promise<void> {
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: screen }).click();
  await page.locator("main:not(:has(.skeleton)):not(:has([aria-busy=true])) h1").first().waitFor();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${screen}: ${id} ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
}

/** Answers the open question: the reason, then the button. */
export async function answer(page: Page, reason: string, button: string): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill(reason);
  await dialog.locator("button[type=submit]", { hasText: button }).click();
  await dialog.waitFor({ state: "hidden" });
}
