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
