import { EncryptJWT, UnsecuredJWT } from "jose";
import { describe, expect, test } from "vitest";
import { sealedWith } from "#common/signIn/seal";
import { atProvider as given } from "../../testing/accounts.ts";
import { sessionSecret } from "../../testing/http.ts";

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
