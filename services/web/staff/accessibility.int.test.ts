import { Code } from "@connectrpc/connect";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { violations as axeViolations, targetSize } from "../../../proof/e2e/axe.ts";
import { screens } from "./routing/route.ts";
import { type FakeState, refusal } from "./testing/state.ts";
import { type Size, staffVisits } from "./testing/visits.ts";

const visit = staffVisits();

/** What axe objects to, and the links that a finger misses; axe lets a low one pass that has room around it. */
async function violations(page: Page): Promise<string[]> {
  const low = await page.locator("main a").evaluateAll((links) =>
    links
      .filter((link) => {
        const { width, height } = link.getBoundingClientRect();
        return link.checkVisibility() && Math.min(width, height) < 24;
      })
      .map((link) => `too small: ${link.outerHTML}`),
  );
  return [...(await axeViolations(page, targetSize)), ...low];
}

const loaded = (page: Page) =>
  page.locator("main:not(:has(.skeleton)):not(:has([aria-busy=true])) h1").first().waitFor();

async function onEveryScreen(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const screen of screens) {
    await page.goto(`/staff/${screen}`);
    await loaded(page);
    found.push(...(await violations(page)).map((each) => `${screen}: ${each}`));
  }
  return found;
}

const empty = (state: FakeState) => {
  state.orders = [];
  state.dishes = [];
  state.acts = [];
  state.queues = [];
  Object.assign(state.trouble, { stuck: [], findings: [] });
  Object.assign(state.money, { putAside: [], refunds: [], disputes: [] });
};

const broken = (state: FakeState) => {
  state.board = "down";
  const asked = ["SearchOrders", "GetTakings", "ListDishes", "ListMoney", "GetTrouble", "GetBooks", "ListDeadLetters"];
  for (const name of [...asked, "SearchActs"]) state.failing.set(name, refusal(Code.Unavailable, "away"));
};

describe.each<[Size, "light" | "dark"]>([
  ["tablet", "light"],
  ["tablet", "dark"],
  ["phone", "light"],
  ["phone", "dark"],
  ["desktop", "light"],
  ["desktop", "dark"],
])("on a %s, %s", (size, scheme) => {
  test("axe finds nothing on any screen", async () => {
    const { page } = await visit({ size, scheme });
    expect(await onEveryScreen(page)).toEqual([]);
  });

  test("axe finds nothing in a file, a question, or before the sign-in", async () => {
    const { page, state } = await visit({ size, scheme });
    await page.goto(`/staff/orders/${state.orders[11]?.order.id}`);
    await page.getByRole("button", { name: "Give money back" }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Give money back" }).click();
    await page.getByRole("button", { name: "A part" }).click();
    expect(await violations(page)).toEqual([]);
    await page.goto("/staff/menu");
    await page.getByRole("button", { name: "Change Margherita" }).click();
    expect(await violations(page)).toEqual([]);
    state.signedIn = false;
    await page.goto("/staff/");
    await page.getByRole("link", { name: "Sign in" }).waitFor();
    expect(await violations(page)).toEqual([]);
  });
});

test.each<[string, Size, "light" | "dark", (state: FakeState) => void]>([
  ["empty", "phone", "light", empty],
  ["empty", "tablet", "dark", empty],
  ["broken", "phone", "dark", broken],
  ["broken", "tablet", "light", broken],
])("axe finds nothing on a screen that is %s, on a %s, %s", async (_, size, scheme, arrange) => {
  const { page } = await visit({ size, scheme, arrange });
  expect(await onEveryScreen(page)).toEqual([]);
});

const word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk".repeat(2);
const widths = [320, 360, 390, 480, 640, 768, 820, 960, 1024, 1280, 1440, 1920];

/** The words in tables of which a part stands on the next line. */
const brokenWords = (page: Page) =>
  page.locator(".table th, .table td, .table time").evaluateAll((cells) =>
    cells.flatMap(({ lastChild: text, ownerDocument }) => {
      if (text?.nodeType !== text?.TEXT_NODE) return [];
      const range = ownerDocument.createRange();
      const isBroken = ({ 0: found, index }: RegExpExecArray) => {
        range.setStart(text as Node, index);
        range.setEnd(text as Node, index + found.length);
        return range.getClientRects().length > 1;
      };
      return [...(text?.textContent ?? "").matchAll(/\S+/g)].filter(isBroken).map(([found]) => found);
    }),
  );

test("no name and no width scrolls a screen sideways, or breaks a number", async () => {
  const { page, state } = await visit({
    arrange: (state) => {
      for (const dish of state.dishes) Object.assign(dish, { name: word, category: word });
      for (const { order, ticket } of state.orders)
        for (const line of [...order.items, ...(ticket?.lines ?? [])]) line.name = word;
      for (const act of state.acts) act.target = word;
    },
  });
  const found: string[] = [];
  for (const path of [...screens, `orders/${state.orders[11]?.order.id}`]) {
    await page.goto(`/staff/${path}`);
    await loaded(page);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      const by = await page.locator("html").evaluate((root) => {
        const inner = [root, ...root.ownerDocument.querySelectorAll("main, .column, .tickets, .ticket")];
        return Math.max(...inner.map((box) => box.scrollWidth - box.clientWidth));
      });
      if (by > 0) found.push(`${path} at ${width} px: by ${by}`);
      const broken = (await brokenWords(page)).filter((text) => !word.includes(text));
      found.push(...broken.map((text) => `${path} at ${width} px: ${text} stands on two lines`));
    }
  }
  expect(found).toEqual([]);
});

test("at every width the head says whose page it is and where one is", async () => {
  const { page } = await visit();
  for (const path of screens) {
    await page.goto(`/staff/${path}`);
    await loaded(page);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      const here = page.getByRole("navigation", { name: "Main" }).locator("[aria-current=page]");
      for (const part of [
        here,
        page.getByText("Gorder", { exact: true }),
        page.getByRole("link", { name: "Sign out" }),
      ])
        await expect
          .poll(() => part.evaluate((box) => box.scrollWidth <= box.clientWidth + 1 && box.checkVisibility()))
          .toBe(true);
    }
  }
});
