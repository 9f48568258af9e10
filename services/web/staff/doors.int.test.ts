import { Code } from "@connectrpc/connect";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { Role } from "#common/genproto/staff/v1/staff_pb";
import { refusal } from "./testing/state.ts";
import { staffVisits } from "./testing/visits.ts";

const visit = staffVisits();

const doors = (page: Page) => page.getByRole("navigation", { name: "Main" }).getByRole("link").allInnerTexts();

test.each<[string, Role, string[]]>([
  ["a cook", Role.COOK, ["Kitchen", "Menu"]],
  ["a cashier", Role.CASHIER, ["Orders", "Menu"]],
  ["an owner", Role.OWNER, ["Kitchen", "Orders", "Takings", "Menu", "Money", "Trouble", "Audit"]],
])("%s sees the doors that are open to them, and lands behind the first", async (_, role, shown) => {
  const { page } = await visit({ arrange: (state) => Object.assign(state, { role }) });
  await page.goto("/staff/");
  await page.getByRole("heading", { level: 1, name: shown[0] ?? "" }).waitFor();
  await expect.poll(() => doors(page)).toEqual(shown);
});

test("what a cook may not do on the menu is not offered", async () => {
  const { page } = await visit({ arrange: (state) => Object.assign(state, { role: Role.COOK }) });
  await page.goto("/staff/menu");
  await page.getByRole("button", { name: "Margherita sold out" }).waitFor();
  for (const name of [/^Stock/, /^Change/, /^New dish/, /^Close it/])
    expect(await page.getByRole("button", { name }).count()).toBe(0);
});

test("an address behind a shut door says so, and asks nothing of the service", async () => {
  const { page, state } = await visit({ arrange: (state) => Object.assign(state, { role: Role.COOK }) });
  await page.goto("/staff/money");
  await page.getByRole("heading", { name: "There is nothing here for you" }).waitFor();
  expect(state.calls).not.toContain("ListMoney");
});

test("whoever is not signed in signs in, and comes to the place they asked for", async () => {
  const { page } = await visit({ arrange: (state) => Object.assign(state, { signedIn: false }) });
  await page.goto("/staff/orders?status=paid");
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.waitForURL("**/staff/orders?status=paid");
  await page.getByRole("heading", { level: 1, name: "Orders" }).waitFor();
});

test("a session that ends while one works is said over everything, with the way back to the same place", async () => {
  const { page, state } = await visit();
  await page.goto("/staff/menu");
  await page.getByRole("button", { name: "Margherita sold out" }).waitFor();
  state.signedIn = false;
  await page.getByRole("button", { name: "Margherita sold out" }).click();
  const dialog = page.getByRole("dialog", { name: "Your session has ended" });
  await dialog.waitFor();
  await page.keyboard.press("Escape");
  await dialog.getByRole("link", { name: "Sign in again" }).click();
  await page.waitForURL("**/staff/menu");
  await page.getByRole("button", { name: "Margherita sold out" }).waitFor();
});

test("signing out leads to the sign-in", async () => {
  const { page } = await visit();
  await page.goto("/staff/");
  await page.getByRole("link", { name: "Sign out" }).click();
  await page.getByRole("link", { name: "Sign in" }).waitFor();
});

test("a service that is away is said, and the page goes on by itself once asked again", async () => {
  const { page, state } = await visit();
  state.failing.set("GetMe", refusal(Code.Unavailable, "away"));
  await page.goto("/staff/");
  await page.getByRole("alert").getByText("No connection").waitFor();
  state.failing.clear();
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("heading", { level: 1, name: "Kitchen" }).waitFor();
});
