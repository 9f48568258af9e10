import { createHash, randomBytes } from "node:crypto";
import { expect, inject, onTestFinished, test, vi } from "vitest";
import { newBrowser } from "#common/testing/browser";
import { startOidc } from "../../../dev/oidc/provider.ts";
import { newGuest } from "../../e2e/shop.ts";
import { callStaff, signIn } from "../../e2e/staffMember.ts";
import { hosts, issuer, staffClient } from "../oidc.ts";

const { url } = inject("stack").apps.staff;
const callback = `${url}/staff/callback`;
const patience = { timeout: 60_000, interval: 500 };

/** A provider that has the same people, and knows our staff's service, and that nobody here has chosen. */
async function otherProvider(): Promise<string> {
  const { issuer: other, close } = await startOidc(0, staffClient);
  onTestFinished(() => close());
  return other;
}

const whoAmI = async (credentials: Readonly<Record<string, string>>) => {
  const { status, body } = await callStaff(url, "GetMe", {}, credentials);
  return [status, body.message ?? body.subject];
};
const stranger = [401, expect.stringMatching(/Sign in first/)];

test("who works here signs in at the provider, and who has no role does not", async () => {
  const known = await hosts();
  const { call } = await vi.waitFor(() => signIn(url, "carla", newBrowser(known)), patience);
  await expect.poll(async () => (await call("GetMe", {})).body.subject, patience).toBe("carla");
  const gus = () => signIn(url, "gus", newBrowser(known)).then(() => "in", String);
  await expect.poll(gus, patience).toContain("none of the staff");
});

test.each([
  ["in its own name", (_: URL) => {}],
  ["in the name of ours", (to: URL) => to.searchParams.set("iss", issuer)],
])("an owner of another provider, who comes back %s, is not let in", async (_, disguise) => {
  const [other, known] = [await otherProvider(), await hosts()];
  const come = async () => {
    const browser = newBrowser(known);
    const { url: asked } = await browser.open(`${url}/staff/login`, { stopAt: known[issuer] ?? issuer });
    const choice = await browser.open(`${other}/auth${new URL(asked).search}`);
    const back = new URL((await browser.press(choice, "sub", "olga", callback)).url);
    disguise(back);
    const { status, text } = await browser.open(back.href);
    return [status, text, ...(await whoAmI({ cookie: browser.cookies(url) }))];
  };
  await expect.poll(come, patience).toEqual([401, expect.stringContaining("did not succeed"), ...stranger]);
});

/** What another provider says of its owner, for somebody who has our service's secret. */
async function foreignToken(): Promise<string> {
  const other = await otherProvider();
  const verifier = randomBytes(32).toString("base64url");
  const request = new URLSearchParams({
    client_id: staffClient.clientId,
    redirect_uri: callback,
    response_type: "code",
    scope: "openid profile",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  });
  const browser = newBrowser();
  const back = await browser.press(await browser.open(`${other}/auth?${request}`), "sub", "olga", callback);
  const code = new URL(back.url).searchParams.get("code") ?? "";
  const response = await fetch(`${other}/token`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${staffClient.clientId}:${staffClient.clientSecret}`)}` },
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code,
      redirect_uri: callback,
      code_verifier: verifier,
    }),
  });
  const { id_token } = (await response.json()) as { id_token?: string };
  expect(id_token).toMatch(/^ey/);
  return id_token ?? "";
}

test.each([
  ["an owner's token of another provider", foreignToken],
  ["a customer's token", async () => (await vi.waitFor(newGuest, patience)).token],
])("%s opens nothing, neither as a cookie nor as a bearer", async (_, get) => {
  const token = await get();
  for (const credentials of [{ cookie: `gorder_staff=${token}` }, { authorization: `Bearer ${token}` }])
    await expect.poll(() => whoAmI(credentials), patience).toEqual(stranger);
});
