import { expect, test } from "vitest";
import { newBrowser } from "#common/testing/browser";
import { oneTimeEntrances } from "./adapters/entrances.ts";
import { staffHttp } from "./testing/staff.ts";

async function given() {
  const entrances = oneTimeEntrances();
  const staff = await staffHttp({ entrances });
  const linkOf = (role: string) =>
    `${staff.url}/staff/enter?token=${entrances.links.find((link) => link.role === role)?.token}`;
  return { ...staff, linkOf, browser: newBrowser() };
}

test("a link lets its role in, once", async () => {
  const { linkOf, browser, api, url } = await given();
  expect((await browser.open(linkOf("cook"))).text).toBe("<title>staff</title>");
  const { name, allowed } = await api({ cookie: browser.cookies(url) }).getMe({});
  expect([name, allowed.includes("TakeTicket"), allowed.includes("PutDish")]).toEqual(["Carla Cook", true, false]);
  const again = await newBrowser().open(linkOf("cook"));
  expect([again.status, again.text]).toEqual([401, expect.stringContaining("used before")]);
});

test("each role has a link of its own", async () => {
  const { linkOf, browser, api, url } = await given();
  await browser.open(linkOf("cook"));
  await browser.open(linkOf("owner"));
  expect((await api({ cookie: browser.cookies(url) }).getMe({})).allowed).toContain("PutDish");
});

test("a link lets nobody in who comes through a proxy, and stays good", async () => {
  const { linkOf, browser } = await given();
  const far = await browser.open(linkOf("owner"), { headers: { "x-forwarded-for": "203.0.113.5" } });
  expect([far.status, far.text]).toEqual([403, expect.stringContaining("on the machine")]);
  expect((await browser.open(linkOf("owner"))).status).toBe(200);
});

test.each(["", "?token=", "?token=a&token=b", "?token=nonsense"])("/staff/enter%s lets nobody in", async (query) => {
  const { url, browser } = await given();
  expect((await browser.open(`${url}/staff/enter${query}`)).status).toBe(401);
});

test("without a provider who wants to sign in is told of the links", async () => {
  const { url, browser } = await given();
  expect((await browser.open(`${url}/staff/login`)).text).toContain("npm start");
});

test.each(["//evil.example", "https://evil.example/staff/", "/staff/../evil"])(
  "a sign-in that is to end at %s is refused in words",
  async (wanted) => {
    const { url, browser } = await given();
    const { status, text, url: at } = await browser.open(`${url}/staff/login?return_to=${encodeURIComponent(wanted)}`);
    expect([status, text]).toEqual([400, expect.stringContaining("place of this page only")]);
    expect(at.startsWith(url)).toBe(true);
  },
);

test.each(["cross-site", "same-site"])("another site (%s) signs nobody out", async (site) => {
  const { linkOf, url, browser, api } = await given();
  await browser.open(linkOf("cook"));
  const { status } = await browser.open(`${url}/staff/logout`, { headers: { "sec-fetch-site": site } });
  expect([status, (await api({ cookie: browser.cookies(url) }).getMe({})).subject]).toEqual([403, "local-cook"]);
});

test("over HTTPS the cookies are bound to this host and to TLS", async () => {
  const { url } = await staffHttp({ publicUrl: "https://shop.example", entrances: oneTimeEntrances() });
  const response = await fetch(`${url}/staff/logout`, { redirect: "manual" });
  expect(response.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^__Host-gorder_staff=; Path=\/; .*HttpOnly; Secure/),
  ]);
});
