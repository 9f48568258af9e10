import { expect, test } from "vitest";
import { guestVisits } from "./testingVisits.ts";

const { visit } = guestVisits({});

test("a note that was kept can be erased and written anew without leaving its line", async () => {
  const page = await visit("desktop", "en");
  await page.goto("/");
  const soup = "Roasted pumpkin soup";
  await page.getByRole("button", { name: `Add ${soup}` }).click();
  await page.getByRole("button", { name: `Add a note to ${soup}` }).click();
  const line = page.getByRole("textbox", { name: `Note for the kitchen, ${soup}` });
  await line.fill("no nuts");
  await page.reload();
  await expect.poll(() => line.inputValue()).toBe("no nuts");
  await line.focus();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("no cream");
  await expect.poll(() => line.inputValue()).toBe("no cream");
});

test.each(["first", "never"])(
  "who cancels an order at the foot of its page reads at the top of it what became of it: its news comes %s",
  async (news) => {
    const page = await visit("phone", "en");
    await page.goto("/");
    await page.locator(".card .button-add").first().click();
    await page.locator(".cart-bar button").click();
    await page.getByRole("dialog").getByRole("button", { name: "Place order" }).click();
    await page.getByRole("link", { name: /^Pay / }).waitFor();
    const headline = page.getByRole("heading", { level: 1, name: "You cancelled this order" });
    if (news === "never") {
      await page.route("**/events", () => {});
      await page.reload();
    } else {
      await page.route("**/cancel", async (route) => {
        const response = await route.fetch();
        await headline.waitFor();
        await route.fulfill({ response });
      });
    }
    await page.getByRole("button", { name: "Cancel order" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel the order" }).click();
    await headline.waitFor();
    await expect.poll(() => headline.evaluate((one) => one === one.ownerDocument.activeElement)).toBe(true);
    await expect.poll(async () => (await headline.boundingBox())?.y ?? -1).toBeGreaterThan(60);
  },
);
