import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

/** The rule that axe leaves off by itself: what a finger presses is 24 px wide and high, or has room around it. */
export const targetSize = { "target-size": { enabled: true } };

/** What axe has to object to on a page as it is now, each with the elements that it means; `rules` turns more of them on. */
export async function violations(page: Page, rules: Partial<typeof targetSize> = {}): Promise<string[]> {
  // A colour on its way to another one has no contrast worth measuring.
  await page.emulateMedia({ reducedMotion: "reduce" });
  const { violations: found } = await new AxeBuilder({ page }).options({ rules }).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
}
