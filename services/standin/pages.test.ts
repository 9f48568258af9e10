import { afterEach, beforeEach, expect, test } from "vitest";
import { standin, wish } from "./testing.ts";

let it: Awaited<ReturnType<typeof standin>>;
let page: string;
let id: string;
beforeEach(async () => {
  it = await standin();
  const session = await it.stripe.checkout.sessions.create(wish);
  id = session.id;
  page = String(session.url);
});
afterEach(() => it.close());

const state = async () => {
  const { status, payment_status, payment_intent } = await it.stripe.checkout.sessions.retrieve(id);
  return { status, payment_status, payment_intent };
};

test("the page shows lines and total, says that no money moves, and escapes names", async () => {
  const answer = await fetch(page);
  const text = await answer.text();
  expect(answer.status).toBe(200);
  expect(text).toContain("no money moves");
  expect(text).toContain("Gorder · order #ORDER1");
  expect(text).toContain("2 × Soup &#60;of the day&#62;");
  expect(text).toContain("€12.50");
  for (const action of ["pay", "slow", "fail", "cancel"]) expect(text).toContain(`name="action" value="${action}"`);
  expect(text).not.toContain("<script");
});

test("forints are shown as the provider counts them, which is in hundredths", async () => {
  const lines = [
    { quantity: 1, price_data: { currency: "huf", unit_amount: 149_000, product_data: { name: "Soup" } } },
  ];
  const session = await it.stripe.checkout.sessions.create({ ...wish, line_items: lines });
  expect(await (await fetch(String(session.url))).text()).toMatch(/Pay HUF.1,490</);
});

test("the page lets its form lead to the order's page and nowhere else", async () => {
  const policy = (await fetch(page)).headers.get("content-security-policy");
  expect(policy).toContain("form-action 'self' http://127.0.0.1:8080");
  expect(policy).toContain("default-src 'none'");
});

test("Pay takes the money once and leads back to the order, however often it is pressed", async () => {
  const first = await it.press(page, "pay");
  expect([first.status, first.headers.get("location")]).toEqual([303, wish.success_url]);
  const paid = await state();
  expect(paid).toMatchObject({ status: "complete", payment_status: "paid" });
  expect((await it.press(page, "pay")).status).toBe(303);
  expect(await state()).toEqual(paid);
  expect(await (await fetch(page)).text()).toContain("This is paid.");
});

test("Fail declines, takes nothing, and the page stays open", async () => {
  const declined = await it.press(page, "fail");
  expect(declined.status).toBe(402);
  expect(await declined.text()).toContain("The payment was declined");
  expect(await state()).toEqual({ status: "open", payment_status: "unpaid", payment_intent: null });
  expect((await it.press(page, "pay")).status).toBe(303);
});

test("Cancel leads back to the order, and the page stays open", async () => {
  const answer = await it.press(page, "cancel");
  expect([answer.status, answer.headers.get("location")]).toEqual([303, wish.cancel_url]);
  expect(await state()).toMatchObject({ status: "open" });
});

test("what is paid can neither fail nor be cancelled", async () => {
  await it.press(page, "pay");
  expect((await it.press(page, "fail")).status).toBe(409);
  expect((await it.press(page, "cancel")).status).toBe(409);
  expect(await state()).toMatchObject({ payment_status: "paid" });
});

test("another button than these changes nothing", async () => {
  expect((await it.press(page, "steal")).status).toBe(400);
  expect(await state()).toMatchObject({ status: "open" });
});

test("a page that does not exist is a 404, whatever is pressed", async () => {
  expect((await fetch(`${it.origin}/pay/cs_test_none`)).status).toBe(404);
  expect((await it.press(`${it.origin}/pay/cs_test_none`, "pay")).status).toBe(404);
});
