import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

/** What axe has to object to on a page as it is now, each with the elements that it means. */
export async function violations(page: Page): Promise<string[]> {
  // A colour on its way to another one has no contrast worth measuring.
  await page.emulateMedia({ reducedMotion: "reduce" });
  const targets = { "target-size": { enabled: true } };
  const { violations: found } = await new AxeBuilder({ page }).options({ rules: targets }).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
}
