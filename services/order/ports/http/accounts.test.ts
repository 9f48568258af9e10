import { expect, test } from "vitest";
import { atProvider as given } from "../../testing/accounts.ts";
import { paymentLink } from "../../testing/app.ts";
import { orderHttp } from "../../testing/http.ts";

test("where a provider is there the page is told where to sign in, and where none is nobody can", async () => {
  const { window } = await given();
  expect(await window().session()).toMatchObject({ signIn: "/auth/sign-in" });
  const { call } = await orderHttp();
  expect((await call("POST", "/api/session")).body).not.toHaveProperty("signIn");
  expect((await call("GET", "/auth/sign-in")).status).toBe(404);
});

test("a guest's order goes over to the account that they sign in to, is paid there, and seen in another browser", async () => {
  const { window, service, orders } = await given();
  const phone = window();
  const { customerId: guestId, id } = await phone.order();
  await service.app.offerPayment({ orderId: id, paymentLink, checkoutSessionId: "cs_1" });
  await phone.signIn("gus");
  const { customerId, account, token } = await phone.session();
  expect([account, token]).toEqual([{ name: "Gus Guest" }, undefined]);
  expect(customerId).not.toBe(guestId);
  expect(await phone.ids(customerId)).toEqual([id]);
  expect((await phone.orders(guestId)).status).toBe(404);
  await service.app.payOrder({ orderId: id, amount: { amount: 250, currency: "eur" } });
  const laptop = window();
  await laptop.signIn("gus");
  expect((await laptop.session()).customerId).toBe(customerId);
  expect((await laptop.orders(customerId)).body.orders).toMatchObject([{ id, status: "paid", customerId }]);
  expect((await orders.get(id))?.snapshot.formerOwners).toMatchObject([{ customerId: guestId }]);
});

test("a guest who comes to sign in from another site, which keeps their cookie back, has their order all the same", async () => {
  const { window, url, orders } = await given();
  const [phone, link] = [window(), window()];
  const { id, customerId: guestId } = await phone.order();
  await link.signIn("gus");
  for (const one of link.cookie().cookie.split("; ")) phone.browser.take(url, one);
  const { customerId, account } = await phone.session();
  expect(account).toEqual({ name: "Gus Guest" });
  expect(await phone.ids(customerId)).toEqual([id]);
  expect((await orders.get(id))?.snapshot.formerOwners).toMatchObject([{ customerId: guestId }]);
});

test("signing in again, by a repeat or in another browser, moves nothing twice", async () => {
  const { window, orders } = await given();
  const phone = window();
  const { id } = await phone.order();
  for (let time = 0; time < 3; time++) await phone.signIn("gus");
  for (let time = 0; time < 3; time++) await phone.session();
  expect((await orders.get(id))?.snapshot.formerOwners).toHaveLength(1);
});

test("an order that the guest placed while they signed in comes after them", async () => {
  const { window, call } = await given();
  const phone = window();
  const guest = await phone.order();
  const before = phone.cookie();
  await phone.signIn("gus");
  const headers = { ...before, "idempotency-key": "late" };
  const json = { items: [{ productId: "cake", quantity: 1 }] };
  const late = await call("POST", `/api/customers/${guest.customerId}/orders`, { headers, json });
  expect(late.status).toBe(201);
  const { customerId } = await phone.session();
  expect((await phone.ids(customerId))?.toSorted()).toEqual([guest.id, String(late.body.id)].toSorted());
});

test("who lost the answer to an order, signed in and orders again under the same key has one order", async () => {
  const { window, call } = await given();
  const phone = window();
  const place = async () => {
    const { customerId } = await phone.session();
    const headers = { ...phone.cookie(), "idempotency-key": "lost" };
    const json = { items: [{ productId: "tea", quantity: 1 }] };
    return call("POST", `/api/customers/${customerId}/orders`, { headers, json });
  };
  const lost = await place();
  await phone.signIn("gus");
  const again = await place();
  const { customerId } = await phone.session();
  expect([again.status, again.body.id, again.body.customerId]).toEqual([201, lost.body.id, customerId]);
  expect(await phone.ids(customerId)).toEqual([lost.body.id]);
});

test("an order that is stored after its guest has signed in is the answer to the account's under the same key", async () => {
  const { window, call } = await given();
  const phone = window();
  const { customerId: guestId } = await phone.session();
  const before = phone.cookie();
  await phone.signIn("gus");
  const { customerId } = await phone.session();
  const json = { items: [{ productId: "tea", quantity: 1 }] };
  const place = (who: string, cookie: object) =>
    call("POST", `/api/customers/${who}/orders`, { headers: { ...cookie, "idempotency-key": "late" }, json });
  const late = await place(guestId, before);
  const again = await place(customerId, phone.cookie());
  expect([again.status, again.body.id, again.body.customerId]).toEqual([201, late.body.id, customerId]);
  expect(await phone.ids(customerId)).toEqual([late.body.id]);
  const laptop = window();
  await laptop.signIn("gus");
  await laptop.session();
  expect((await place(customerId, laptop.cookie())).body.id).toBe(late.body.id);
});

test("what was cancelled stays with the guest, and of another guest nothing goes over", async () => {
  const { window, service } = await given();
  const [phone, stranger] = [window(), window()];
  const [mine, theirs] = [await phone.order(), await stranger.order()];
  await service.app.cancelOrder({ customerId: mine.customerId, orderId: mine.id });
  await phone.signIn("gus");
  expect(await phone.ids((await phone.session()).customerId)).toEqual([]);
  expect(await stranger.ids(theirs.customerId)).toEqual([theirs.id]);
});

test("who signs in with another account takes nothing of the first along", async () => {
  const { window, url } = await given();
  const phone = window();
  const { id } = await phone.order();
  await phone.signIn("gus");
  const gus = (await phone.session()).customerId;
  // The same browser, after the provider has forgotten who was signed in there.
  const later = window();
  for (const one of phone.cookie().cookie.split("; ")) later.browser.take(url, one);
  await later.signIn("greta", "/auth/sign-in?fresh=1");
  const { customerId, account } = await later.session();
  expect(account).toEqual({ name: "Greta Guest" });
  expect(await later.ids(customerId)).toEqual([]);
  expect(await phone.ids(gus)).toEqual([id]);
});

test("who signs out is a new guest, and sees nothing of the account any more", async () => {
  const { window, url } = await given();
  const phone = window();
  await phone.order();
  await phone.signIn("gus");
  const { customerId } = await phone.session();
  await phone.browser.press(await phone.browser.open(`${url}/auth/sign-out`), "logout", "yes");
  expect((await phone.orders(customerId)).status).toBe(401);
  const after = await phone.session();
  expect(after.account).toBeUndefined();
  expect(after.customerId).not.toBe(customerId);
  expect((await phone.orders(customerId)).status).toBe(404);
  expect((await phone.browser.open(`${url}/auth/sign-in`)).text).toContain("Who are you?");
});

test("another site may sign nobody out", async () => {
  const { window, url } = await given();
  const phone = window();
  await phone.signIn("gus");
  const answer = await fetch(`${url}/auth/sign-out`, {
    headers: { ...phone.cookie(), "sec-fetch-site": "cross-site" },
  });
  expect([answer.status, answer.headers.getSetCookie()]).toEqual([403, []]);
});

test("the cookies of an account are out of reach for scripts", async () => {
  const { window } = await given();
  const phone = window();
  await phone.session();
  const answer = await fetch(await phone.toCallback("gus"), { headers: phone.cookie(), redirect: "manual" });
  const cookies = answer.headers.getSetCookie().filter((line) => !line.includes("1970"));
  expect(cookies).toHaveLength(2);
  for (const cookie of cookies) expect(cookie).toMatch(/^gorder_(account|session)=.*HttpOnly; SameSite=(Lax|Strict)/);
});

test("an account is renewed at the provider; one that the provider has ended is a guest again", async () => {
  const { window, url, wait } = await given();
  const phone = window();
  await phone.signIn("gus");
  const [before, { customerId }] = [phone.cookie().cookie, await phone.session()];
  wait(6 * 60_000);
  expect((await phone.session()).customerId).toBe(customerId);
  expect(phone.cookie().cookie).not.toBe(before);
  const copy = window();
  for (const one of phone.cookie().cookie.split("; ")) copy.browser.take(url, one);
  await phone.browser.press(await phone.browser.open(`${url}/auth/sign-out`), "logout", "yes");
  wait(6 * 60_000);
  const after = await copy.session();
  expect(after.account).toBeUndefined();
  expect(after.customerId).not.toBe(customerId);
});

test("a provider that is away keeps no account from ordering, and guests order as ever", async () => {
  const { window, wait, endProvider } = await given();
  const phone = window();
  await phone.signIn("gus");
  await endProvider();
  wait(6 * 60_000);
  const { customerId } = await phone.order();
  expect((await phone.session()).account).toEqual({ name: "Gus Guest" });
  expect(await phone.ids(customerId)).toHaveLength(1);
  expect((await window().order()).id).not.toBe("");
});
