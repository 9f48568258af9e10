import type { Page } from "playwright-core";
import type { Plugin } from "vite";
import { expect, test } from "vitest";
import { targetSize, violations } from "../../proof/e2e/axe.ts";
import { guestVisits } from "./testingVisits.ts";

/** Marks what a catalogue says. */
const mark = "ش";

/** A third language, read from right to left with digits of its own: English, in which every text is marked. */
const thirdLanguage: Plugin = {
  name: "third-language",
  enforce: "pre",
  transform(code, id) {
    if (!id.endsWith("/language/catalogues.ts")) return undefined;
    return `${code.replace("export const catalogues", "const others")}
const marked = (one) =>
  typeof one === "string" ? \`${mark}\${one}${mark}\`
  : typeof one === "function" ? (...given) => marked(one(...given))
  : Object.fromEntries(Object.entries(one).map(([key, value]) => [key, marked(value)]));
export const catalogues = { ...others, ar: { ...marked(english), locale: "ar-EG", dir: "rtl" } };`;
  },
};

const shop = { name: "Zum Löffel", address: "Hauptstraße 1", phone: "+49 30 1", hours: [] };
const { visit, url } = guestVisits({ shop, plugins: [thirdLanguage] });

/** What is to be read on the page, or heard, and is neither marked nor the shop's own. */
function unmarked(page: Page, own: readonly string[]): Promise<string[]> {
  return page.evaluate(
    ([mark, own]) => {
      const texts: string[] = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node instanceof Element)
          texts.push(node.getAttribute("aria-label") ?? "", node.getAttribute("placeholder") ?? "");
        else if (!node.parentElement?.closest("option, noscript, script, .language-tag"))
          texts.push(node.textContent ?? "");
      }
      const without = (text: string) => own.reduce((left, known) => left.replaceAll(known, ""), text);
      return texts.filter((text) => /\p{L}{2}/u.test(without(text)) && !text.includes(mark));
    },
    [mark, own] as const,
  );
}

const tooWide =
  "Math.max(...[document.documentElement, ...document.querySelectorAll('dialog, .cart-aside')].map((box) => box.scrollWidth - box.clientWidth))";

test("a third language, from right to left, needs no other component: every word is its own, and nothing is cut off", async () => {
  const page = await visit("phone", "ar");
  const { products } = (await (await fetch(`${url()}/api/products`)).json()) as {
    products: { name: string; description: string; category: string }[];
  };
  const own = [...products.flatMap(({ name, description, category }) => [description, name, category])]
    .concat(shop.name, shop.address, "Zoë", "no nuts")
    .sort((a, b) => b.length - a.length);
  const found: unknown[] = [];
  // On a wide screen the cart is no sheet: whoever looks at the sheet stays below.
  const look = async (where: string, widths = [320, 390, 820, 1280]) => {
    found.push(...(await violations(page, targetSize)).map((each) => `${where}: ${each}`));
    found.push(...(await unmarked(page, own)).map((text) => `${where}: ${text}`));
    for (const width of widths) {
      await page.setViewportSize({ width, height: 844 });
      const by = await page.evaluate<number>(tooWide);
      if (by > 0) found.push(`${where}: ${by} px too wide at ${width}`);
    }
    await page.setViewportSize({ width: 390, height: 844 });
  };
  await page.goto("/");
  await page.locator(".card .button-add").first().click();
  const direction = () =>
    page.locator("html").evaluate((root) => [root.getAttribute("lang"), root.getAttribute("dir")]);
  await expect.poll(direction).toEqual(["ar-EG", "rtl"]);
  await expect.poll(() => page.locator(".card .price").first().textContent()).toContain("٦");
  await look("menu");
  await page.locator(".cart-bar button").click();
  await page.locator(".cart-line-acts > .link-button").first().click();
  await page.keyboard.type("no nuts");
  await page.locator(".guest-name input").fill("Zoë");
  await look("cart", [320, 390, 820]);
  await page.locator(".button-place").click();
  await page.locator(".button-pay").waitFor();
  await look("order");
  await expect.poll(() => page.locator(".item-note").textContent()).toBe("no nuts");
  await page.goto("/orders");
  await page.locator(".order-row").waitFor();
  await look("orders");
  expect(found).toEqual([]);
});

test("a German browser reads one language from the menu to the payment and back, and a guest may choose another", async () => {
  const page = await visit("desktop", "de-AT");
  await page.goto("/");
  await page.getByRole("heading", { level: 1, name: "Worauf hast du Hunger?" }).waitFor();
  await expect.poll(() => page.title()).toBe("Karte · Zum Löffel");
  await page.getByRole("heading", { level: 2, name: "Vorspeisen" }).waitFor();
  await page.getByRole("button", { name: "Geröstete Kürbissuppe in den Warenkorb" }).click();
  await page.getByRole("complementary", { name: "Dein Warenkorb" }).getByText("6,90\u00a0€").first().waitFor();
  await page.getByRole("button", { name: "Bestellen", exact: true }).click();
  await page.getByRole("link", { name: "6,90\u00a0€ bezahlen" }).click();
  await page.getByText(/^Zum Löffel · Bestellung #/).waitFor();
  await page.getByRole("cell", { name: "1 × Geröstete Kürbissuppe" }).waitFor();
  await page.getByRole("button", { name: "6,90\u00a0€ bezahlen" }).click();
  await page.getByRole("heading", { level: 1, name: "Fertig!" }).waitFor();
  // The payment page and the receipt have the name that the guest ordered it by.
  const items = page.getByRole("region", { name: "Was du bestellt hast" });
  await items.getByText("Geröstete Kürbissuppe").waitFor();
  await expect.poll(() => items.getByText("Roasted pumpkin soup").count()).toBe(0);
  await page.emulateMedia({ media: "print" });
  await items.getByText("Geröstete Kürbissuppe").waitFor();
  await page.emulateMedia({ media: "screen" });
  await page.getByRole("combobox", { name: "Sprache" }).selectOption("en");
  await page.getByRole("heading", { level: 1, name: "It’s ready!" }).waitFor();
  // Who reads it in another language by now reads also what it was paid by.
  const ordered = page.getByRole("region", { name: "What you ordered" });
  await ordered.getByText("Roasted pumpkin soup").waitFor();
  await ordered.getByText("Geröstete Kürbissuppe").waitFor();
  await page.goto("/orders");
  await page.getByRole("heading", { level: 1, name: "Your orders" }).waitFor();
});

test("on paper an order is a receipt: the shop, the dishes and the sum, and nothing to press", async () => {
  const page = await visit("desktop", "en");
  await page.goto("/");
  await page.locator(".card .button-add").first().click();
  await page.locator(".button-place").click();
  await page.locator(".button-pay").click();
  await page.locator("button.pay").click();
  await page.getByRole("heading", { level: 1, name: "It’s ready!" }).waitFor();
  await page.emulateMedia({ media: "print" });
  for (const text of [shop.address, shop.phone, "Roasted pumpkin soup", "€6.90"])
    await expect.poll(() => page.getByText(text).first().isVisible()).toBe(true);
  await expect.poll(() => page.locator("button, select, nav a").filter({ visible: true }).count()).toBe(0);
});
