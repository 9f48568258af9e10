import { Code } from "@connectrpc/connect";
import { describe, expect, onTestFinished, test } from "vitest";
import { silentLogger } from "#common/logging";
import { newBrowser } from "#common/testing/browser";
import { startOidc } from "../../dev/oidc/provider.ts";
import { staffProvider } from "./adapters/openIdProvider.ts";
import { staffHttp } from "./testing/staff.ts";

const client = { clientId: "gorder-staff", clientSecret: "client-secret-0123456789" };

/** The staff service at a real provider, and a browser. `wait` passes time for the service. */
async function given({ mayRefresh = true } = {}) {
  let passed = 0;
  let end = async () => {};
  const staff = await staffHttp({
    now: () => Date.now() + passed,
    async providerFor(publicUrl) {
      const { issuer, close } = await startOidc(0, { ...client, publicUrls: [publicUrl], mayRefresh });
      end = close;
      onTestFinished(close);
      const scope = "openid profile";
      return staffProvider({ ...client, issuer, scope, rolesClaim: "roles", publicUrl, logger: silentLogger });
    },
  });
  const browser = newBrowser();
  const { url } = staff;
  return {
    ...staff,
    browser,
    wait: (ms: number) => (passed += ms),
    endProvider: () => end(),
    me: () => staff.api({ cookie: browser.cookies(url) }).getMe({}),
    /** Signs in as somebody. */
    async signIn(sub: string, path = "/staff/login") {
      return browser.press(await browser.open(url + path), "sub", sub);
    },
    /** Signs in, and stops before the address that the provider sends the browser back to. */
    async toCallback(sub: string) {
      const stopAt = `${url}/staff/callback`;
      return (await browser.press(await browser.open(`${url}/staff/login`), "sub", sub, stopAt)).url;
    },
  };
}

const unauthenticated = expect.objectContaining({ code: Code.Unauthenticated });

test.each([
  ["carla", "Carla Cook", "TakeTicket", "RefundOrder"],
  ["casper", "Casper Cashier", "RefundOrder", "MoveStock"],
  ["olga", "Olga Owner", "MoveStock", "Nothing"],
])("%s signs in by the provider, and may do what their role is for", async (sub, name, may, mayNot) => {
  const { signIn, me, url } = await given();
  expect(await signIn(sub)).toEqual({ url: `${url}/staff/`, status: 200, text: "<title>staff</title>" });
  const { subject, name: shown, allowed } = await me();
  expect([subject, shown]).toEqual([sub, name]);
  expect(allowed).toContain(may);
  expect(allowed).not.toContain(mayNot);
});

test("who signed in is in the audit", async () => {
  const { signIn, api, browser, url } = await given();
  await signIn("olga");
  const { records } = await api({ cookie: browser.cookies(url) }).searchActs({ filter: { action: "session.begin" } });
  expect(records).toMatchObject([{ subject: "olga", name: "Olga Owner", target: "staff page", refusal: "" }]);
});

test("one returns to the place that one was at", async () => {
  const { signIn, url } = await given();
  const { url: at } = await signIn("carla", `/staff/login?return_to=${encodeURIComponent("/staff/orders?number=A1")}`);
  expect(at).toBe(`${url}/staff/orders?number=A1`);
});

test("the session's cookie is out of reach for scripts and for other sites' requests", async () => {
  const { toCallback, browser, url } = await given();
  const response = await fetch(await toCallback("carla"), {
    headers: { cookie: browser.cookies(url) },
    redirect: "manual",
  });
  const [cookie] = response.headers.getSetCookie().filter((line) => line.startsWith("gorder_staff="));
  expect(cookie).toMatch(/HttpOnly/);
  expect(cookie).toMatch(/SameSite=Lax/);
});

test("cookies last so long, and not until a time that a tablet whose clock is wrong takes for past", async () => {
  const { toCallback, browser, url } = await given();
  const callback = await toCallback("carla");
  const ask = async (at: string) =>
    (await fetch(at, { headers: { cookie: browser.cookies(url) }, redirect: "manual" })).headers.getSetCookie();
  const set = [...(await ask(callback)), ...(await ask(`${url}/staff/login`))];
  const kept = set.filter((line) => /^gorder_staff(_sign_in)?=[^;]/.test(line));
  expect(kept).toHaveLength(2);
  for (const line of kept) expect(line).toMatch(/; Max-Age=[1-9]\d+;/);
});

test("who has no role is told so, and is not let in", async () => {
  const { signIn, me } = await given();
  const { status, text } = await signIn("gus");
  expect([status, text]).toEqual([403, expect.stringContaining("no role")]);
  await expect(me()).rejects.toEqual(unauthenticated);
});

describe("a callback lets nobody in", () => {
  const refused = (seen: { status: number; text: string }) => {
    expect([seen.status, seen.text]).toEqual([401, expect.stringMatching(/did not succeed|not begun here/)]);
  };

  test("with another state", async () => {
    const { toCallback, browser, me } = await given();
    const callback = new URL(await toCallback("olga"));
    callback.searchParams.set("state", "another");
    refused(await browser.open(callback.href));
    await expect(me()).rejects.toEqual(unauthenticated);
  });

  test("with a code that was used", async () => {
    const { toCallback, browser, url, me, logger } = await given();
    const callback = await toCallback("olga");
    const [, attempt = ""] = /(gorder_staff_sign_in=[^;]+)/.exec(browser.cookies(url)) ?? [];
    expect((await browser.open(callback)).status).toBe(200);
    const thief = newBrowser();
    thief.take(url, attempt);
    refused(await thief.open(callback));
    expect(logger.lines).toContainEqual(expect.objectContaining({ message: "sign-in refused" }));
    expect((await me()).subject).toBe("olga");
  });

  test("in a browser that did not begin it", async () => {
    const { toCallback } = await given();
    refused(await newBrowser().open(await toCallback("olga")));
  });

  test("of another provider", async () => {
    const { toCallback, browser } = await given();
    const callback = new URL(await toCallback("olga"));
    callback.searchParams.set("iss", "https://another.example");
    refused(await browser.open(callback.href));
  });

  test("with an error instead of a code", async () => {
    const { toCallback, browser } = await given();
    const callback = new URL(await toCallback("olga"));
    callback.searchParams.delete("code");
    callback.searchParams.set("error", "access_denied");
    refused(await browser.open(callback.href));
  });

  test("after ten minutes", async () => {
    const { toCallback, browser, wait } = await given();
    const callback = await toCallback("olga");
    wait(11 * 60_000);
    refused(await browser.open(callback));
  });
});

test("a session that is five minutes old is renewed at the provider by asking who one is, and later by anything", async () => {
  const { signIn, browser, url, me, wait } = await given();
  await signIn("carla");
  const before = browser.cookies(url);
  wait(6 * 60_000);
  await browser.open(`${url}/staff/takings.csv`);
  expect(browser.cookies(url)).toBe(before);
  wait(5 * 60_000);
  const { url: at } = await browser.open(`${url}/staff/takings.csv`);
  expect(at).toContain("takings.csv");
  expect(browser.cookies(url)).not.toBe(before);
  expect((await me()).name).toBe("Carla Cook");
});

test("without a refresh token a session ends with the provider's word, and going there again asks who still is signed in", async () => {
  const { signIn, browser, url, me, wait } = await given({ mayRefresh: false });
  await signIn("carla");
  const { sessionEndsAt } = await me();
  const minutes = (Number(sessionEndsAt?.seconds ?? 0n) * 1_000 - Date.now()) / 60_000;
  expect(minutes).toBeGreaterThan(9);
  expect(minutes).toBeLessThanOrEqual(10);
  for (const quarter of [3, 3, 3]) {
    wait(quarter * 60_000);
    expect((await me()).subject).toBe("carla");
  }
  wait(2 * 60_000);
  await expect(me()).rejects.toEqual(unauthenticated);
  // In a browser, no time has passed at the provider: it knows carla still, and asks nothing.
  expect((await browser.open(`${url}/staff/login`)).url).toBe(`${url}/staff/`);
});

test("a provider that is away keeps nobody from working, and nobody new comes in", async () => {
  const { signIn, me, wait, endProvider, browser, url } = await given();
  await signIn("carla");
  await endProvider();
  wait(6 * 60_000);
  expect((await me()).subject).toBe("carla");
  expect((await newBrowser().open(`${url}/staff/callback?code=1&state=2`)).status).toBe(401);
  expect(browser.cookies(url)).toContain("gorder_staff=");
});

test("signing out ends the session here and at the provider, and a copy of it ends when it is to be renewed", async () => {
  const { signIn, browser, url, me, wait, api } = await given();
  await signIn("olga");
  const copy = browser.cookies(url);
  const asked = await browser.open(`${url}/staff/logout`);
  expect(asked.text).toContain("Sign out?");
  expect((await browser.press(asked, "logout", "yes")).url).toBe(`${url}/staff/`);
  await expect(me()).rejects.toEqual(unauthenticated);
  expect((await browser.open(`${url}/staff/login`)).text).toContain("Who are you?");
  wait(6 * 60_000);
  await expect(api({ cookie: copy }).getMe({})).rejects.toEqual(unauthenticated);
});
