import { EncryptJWT, UnsecuredJWT } from "jose";
import { describe, expect, onTestFinished, test } from "vitest";
import { silentLogger } from "#common/logging";
import { sealedWith } from "#common/signIn/seal";
import { newBrowser } from "#common/testing/browser";
import { startOidc } from "../../../../tools/oidc/provider.ts";
import { customerProvider } from "../../adapters/customerProvider.ts";
import { memoryOrders } from "../../adapters/memoryOrders.ts";
import { paymentLink } from "../../testing/app.ts";
import { orderHttp, sessionSecret } from "../../testing/http.ts";

const client = { clientId: "gorder-customers", clientSecret: "customer-secret-0123456789" };
const staff = { clientId: "gorder-staff", clientSecret: "staff-secret-0123456789" };

/** The order service at a real provider, which knows the staff's page too. `wait` passes time for the service. */
async function given() {
  let passed = 0;
  let end = async () => {};
  const parts = await orderHttp({
    orders: memoryOrders(),
    now: () => new Date(Date.now() + passed),
    async accountsFor(publicUrl) {
      const back = { publicUrls: [publicUrl], callback: "/auth/callback", home: "/" };
      const { issuer, close } = await startOidc(0, { ...client, ...back }, { ...staff, publicUrls: [publicUrl] });
      end = close;
      onTestFinished(close);
      const options = { ...client, issuer, publicUrl, scope: "openid profile", logger: silentLogger };
      return { provider: customerProvider(options), issuer, secrets: [sessionSecret], publicUrl };
    },
  });
  return { ...parts, wait: (ms: number) => (passed += ms), endProvider: () => end(), window: () => windowAt(parts) };
}

/** A browser on the guests' page. */
function windowAt({ url, call }: Awaited<ReturnType<typeof orderHttp>>) {
  const browser = newBrowser();
  let keys = 0;
  const cookie = () => ({ cookie: browser.cookies(url) });
  const session = async () => {
    const { body, headers } = await call("POST", "/api/session", { headers: cookie() });
    for (const line of headers.getSetCookie()) browser.take(url, line);
    return body as { customerId: string; token?: string; account?: { name: string }; signIn?: string };
  };
  const orders = async (customerId: string) =>
    call("GET", `/api/customers/${customerId}/orders`, { headers: cookie() });
  return {
    browser,
    session,
    cookie,
    orders,
    async order() {
      const { customerId } = await session();
      const headers = { ...cookie(), "idempotency-key": `${customerId}-${++keys}` };
      const json = { items: [{ productId: "tea", quantity: 1 }] };
      const { status, body } = await call("POST", `/api/customers/${customerId}/orders`, { headers, json });
      expect(status).toBe(201);
      return { customerId, id: String(body.id) };
    },
    ids: async (customerId: string) =>
      ((await orders(customerId)).body.orders as { id: string }[] | undefined)?.map(({ id }) => id),
    async signIn(sub: string, path = "/auth/sign-in") {
      const seen = await browser.open(url + path);
      return seen.text.includes("Who are you?") ? browser.press(seen, "sub", sub) : seen;
    },
    /** Signs in, and stops before the address that the provider sends the browser back to. */
    async toCallback(sub: string) {
      const choice = await browser.open(`${url}/auth/sign-in`);
      return new URL((await browser.press(choice, "sub", sub, `${url}/auth/callback`)).url);
    },
  };
}

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

test("signing in again, by a repeat or in another browser, moves nothing twice", async () => {
  const { window, orders } = await given();
  const phone = window();
  const { id } = await phone.order();
  for (let time = 0; time < 3; time++) await phone.signIn("gus");
  for (let time = 0; time < 3; time++) await phone.session();
  expect((await orders.get(id))?.snapshot.formerOwners).toHaveLength(1);
});

test("an order that the guest placed while they signed in comes after them", async () => {
  const { window, url, call } = await given();
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
  expect(url).toContain("localhost");
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
  const { window, url } = await given();
  const phone = window();
  const answer = await fetch(await phone.toCallback("gus"), { headers: phone.cookie(), redirect: "manual" });
  const cookies = answer.headers.getSetCookie().filter((line) => !line.includes("1970"));
  expect(cookies).toHaveLength(2);
  for (const cookie of cookies) expect(cookie).toMatch(/^gorder_(account|session)=.*HttpOnly; SameSite=(Lax|Strict)/);
  expect(url).toMatch(/^http:/);
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
  expect((await copy.session()).account).toBeUndefined();
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

describe("a callback lets nobody in", () => {
  const refused = async ({ window }: Awaited<ReturnType<typeof given>>, change: (callback: URL) => void) => {
    const phone = window();
    const { customerId, id } = await phone.order();
    const callback = await phone.toCallback("gus");
    change(callback);
    const { status, text } = await phone.browser.open(callback.href);
    expect([status, text]).toEqual([401, expect.stringMatching(/did not succeed|not begun here/)]);
    expect(await phone.session()).toMatchObject({ customerId });
    expect(await phone.ids(customerId)).toEqual([id]);
  };

  test.each<[string, (callback: URL) => void]>([
    ["with another state", (callback) => callback.searchParams.set("state", "another")],
    ["with another code", (callback) => callback.searchParams.set("code", "another")],
    ["of a foreign issuer", (callback) => callback.searchParams.set("iss", "https://another.example")],
    [
      "with an error instead of a code",
      (callback) => {
        callback.searchParams.delete("code");
        callback.searchParams.set("error", "access_denied");
      },
    ],
  ])("%s", async (_, change) => refused(await given(), change));

  test("with a code that was used", async () => {
    const { window, url } = await given();
    const [phone, thief] = [window(), window()];
    const callback = (await phone.toCallback("gus")).href;
    const attempt = /gorder_account_sign_in=[^;]+/.exec(phone.cookie().cookie)?.[0] ?? "";
    expect((await phone.browser.open(callback)).url).toBe(`${url}/`);
    thief.browser.take(url, attempt);
    expect((await thief.browser.open(callback)).status).toBe(401);
    expect((await thief.session()).account).toBeUndefined();
  });

  test("in a browser that did not begin it, or after ten minutes", async () => {
    const { window, wait } = await given();
    const [phone, other] = [window(), window()];
    const callback = (await phone.toCallback("gus")).href;
    expect((await other.browser.open(callback)).status).toBe(401);
    wait(11 * 60_000);
    expect((await phone.browser.open(callback)).status).toBe(401);
  });
});

describe("one returns to the page alone:", () => {
  test("to the place that one was at", async () => {
    const { window, url } = await given();
    const seen = await window().signIn("gus", `/auth/sign-in?return_to=${encodeURIComponent("/orders?x=1")}`);
    expect(seen.url).toBe(`${url}/orders?x=1`);
  });

  test.each([
    "https://evil.example/",
    "//evil.example",
    "/.//evil.example",
    "/x/..//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
    "/auth/sign-out",
    "/AUTH/sign-in",
    "/api/session",
    "/staff/logout",
    "",
  ])("not to %j", async (wanted) => {
    const { url } = await given();
    const answer = await fetch(`${url}/auth/sign-in?return_to=${encodeURIComponent(wanted)}`, { redirect: "manual" });
    expect([answer.status, answer.headers.get("location")]).toEqual([400, null]);
  });
});

describe("no other cookie is an account:", () => {
  const claims = { content: { id: "1", subject: "gus", name: "Gus", startedAt: 0, renewAt: 9e12, endsAt: 9e12 } };
  const forged = {
    "alg none": async () =>
      new UnsecuredJWT(claims).setIssuer("gorder-customers").setAudience("session").setExpirationTime("1h").encode(),
    "one that the secret itself encrypted": () =>
      new EncryptJWT(claims)
        .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
        .setIssuer("gorder-customers")
        .setAudience("session")
        .setExpirationTime("1h")
        .encrypt(new TextEncoder().encode(sessionSecret).slice(0, 32)),
    "a session of the staff, sealed with the same secret": () =>
      sealedWith([sessionSecret], "gorder-staff").seal("session", claims.content, 9e12),
    "a guest's token": async () => String((await (await given()).window().session()).token),
    nonsense: async () => "a.b.c.d.e",
  };
  test("but one that we sealed is", async () => {
    const { call } = await given();
    const sealed = await sealedWith([sessionSecret], "gorder-customers").seal("session", claims.content, 9e12);
    const { body } = await call("POST", "/api/session", { headers: { cookie: `gorder_account=${sealed}` } });
    expect(body.account).toEqual({ name: "Gus" });
  });

  test.each(Object.entries(forged))("%s", async (_, forge) => {
    const { call } = await given();
    const { body } = await call("POST", "/api/session", { headers: { cookie: `gorder_account=${await forge()}` } });
    expect(body.account).toBeUndefined();
  });
});
