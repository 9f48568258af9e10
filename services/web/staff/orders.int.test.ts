import { Code } from "@connectrpc/connect";
import { expect, test } from "vitest";
import { OrderStatus } from "#common/genproto/order/v1/order_pb";
import { anOrder } from "./testing/orders.ts";
import { refusal } from "./testing/state.ts";
import { staffVisits } from "./testing/visits.ts";

const visit = staffVisits();

test("an order is found by the number that the guest reads out, and its file tells all of it", async () => {
  const { page, state } = await visit();
  const number = state.orders[6]?.number ?? "";
  await page.goto("/staff/orders");
  await page.getByLabel("Number").fill(`#${number.toLowerCase()}`);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/staff/orders?number=*");
  const rows = page.getByRole("list", { name: "Orders" }).getByRole("link");
  await expect.poll(() => rows.count()).toBe(1);
  await rows.click();
  await page.getByRole("heading", { level: 1, name: `#${number}` }).waitFor();
  for (const part of ["Dishes", "How it went", "Payment", "Given back", "Under way", "Who did what"])
    await page.getByRole("heading", { level: 2, name: part }).waitFor();
  await page.getByText("On the stove by carla").waitFor();
  expect(await page.getByRole("link", { name: "Its trace" }).getAttribute("href")).toContain("/traces/4bf92f");
  await page.goBack();
  await expect.poll(() => rows.count()).toBe(1);
});

test("older orders come page by page, each once", async () => {
  const { page } = await visit({
    arrange: (state) => {
      for (let index = 12; index < 60; index += 1)
        state.orders.push(anOrder(index, OrderStatus.CANCELLED, 60 + index, state.dishes, state.now()));
    },
  });
  await page.goto("/staff/orders");
  const rows = page.getByRole("list", { name: "Orders" }).getByRole("listitem");
  const more = page.getByRole("button", { name: "Older orders" });
  await more.click();
  await expect.poll(() => rows.count()).toBe(50);
  await more.click();
  await expect.poll(() => rows.count()).toBe(60);
  await expect.poll(() => more.count()).toBe(0);
  const texts = await rows.locator(".found-number").allInnerTexts();
  expect(new Set(texts).size).toBe(60);
});

test("an order that no filter fits is said to be none", async () => {
  const { page } = await visit();
  await page.goto("/staff/orders?least=999");
  await page.getByText("No order is like that.").waitFor();
  await page.getByRole("button", { name: "Show all" }).click();
  await page.getByRole("list", { name: "Orders" }).waitFor();
});

test("a part of the money goes back with a reason, pressed twice is once, and the rest is told", async () => {
  const { page, state } = await visit();
  const kept = state.orders[8];
  await page.goto(`/staff/orders/${kept?.order.id}`);
  await page.getByRole("button", { name: "Give money back" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "A part" }).click();
  await dialog.getByLabel("Amount in EUR").fill("9999");
  await dialog.getByRole("button", { name: "Waited too long" }).click();
  await dialog.getByRole("button", { name: /^Give back/ }).click();
  await dialog.getByRole("alert").getByText("are left to give back").waitFor();
  await dialog.getByLabel("Amount in EUR").fill("4,50");
  await dialog.getByRole("button", { name: "Give back €4.50" }).dblclick();
  await dialog.waitFor({ state: "hidden" });
  await page.getByText("€69.50 are left to give back.").waitFor();
  expect(kept?.refunds.map(({ amount, reason }) => [amount?.amount, reason])).toEqual([[450n, "Waited too long"]]);
});

test("without a reason nothing is done", async () => {
  const { page, state } = await visit();
  await page.goto(`/staff/orders/${state.orders[1]?.order.id}`);
  await page.getByRole("button", { name: "Cancel the order" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Cancel the order" }).click();
  await dialog.getByText("Say why").waitFor();
  expect(state.calls).not.toContain("CancelOrder");
  await dialog.getByLabel("Reason").fill("The guest called");
  await dialog.getByRole("button", { name: "Cancel the order" }).click();
  await page.locator(".file-head").getByText("Cancelled").waitFor();
});

test("a refusal is shown in the server's words, and what was typed stays", async () => {
  const { page, state } = await visit();
  await page.goto(`/staff/orders/${state.orders[1]?.order.id}`);
  await page.getByRole("button", { name: "Cancel the order" }).click();
  state.failing.set("CancelOrder", refusal(Code.FailedPrecondition, "the kitchen has just finished it"));
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill("The guest called");
  await dialog.getByRole("button", { name: "Cancel the order" }).click();
  await dialog.getByText("the kitchen has just finished it").waitFor();
  await expect.poll(() => dialog.getByLabel("Reason").inputValue()).toBe("The guest called");
});

test("an act whose answer is lost is tried again under the same id", async () => {
  const { page, context, state } = await visit();
  await page.goto(`/staff/orders/${state.orders[8]?.order.id}`);
  let lost = 0;
  await context.route("**/RefundOrder", async (route) => {
    lost += 1;
    if (lost > 1) return route.continue();
    await route.fetch();
    return route.abort();
  });
  await page.getByRole("button", { name: "Give money back" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Waited too long" }).click();
  await dialog.getByRole("button", { name: /^Give back/ }).click();
  await dialog.waitFor({ state: "hidden" });
  expect(lost).toBe(2);
  expect(state.orders[8]?.refunds).toHaveLength(1);
});
