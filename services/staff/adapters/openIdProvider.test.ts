import express, { type Response } from "express";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { describe, expect, onTestFinished, test } from "vitest";
import { listen } from "#common/http/listen";
import { silentLogger } from "#common/logging";
import { staffProvider } from "./openIdProvider.ts";

type Forge = (claims: JWTPayload & { iss: string }, sign: (claims: JWTPayload) => Promise<string>) => Promise<string>;

const honest: Forge = (claims, sign) => sign(claims);

/** How a part of a provider fails. */
const troubles = {
  "an error": (response: Response) => response.status(500).end(),
  "an error of its own words": (response: Response) => response.status(503).json({ error: "temporarily_unavailable" }),
  "a wish to be left alone": (response: Response) => response.status(429).json({ error: "slow_down" }),
  "a page": (response: Response) => response.type("html").send("<h1>Back soon</h1>"),
  "half a document": (response: Response) => response.type("json").send('{"keys": ['),
  "a cut connection": (response: Response) => response.socket?.destroy(),
};
type Trouble = { at: string; how: keyof typeof troubles };

/** A provider that gives such ID tokens, and a sign-in that comes back from it. `clientId` is ours. */
async function given(forge: Forge, userInfo: object = {}, rolesClaim = "roles", trouble?: Trouble) {
  const [keys, app] = [await generateKeyPair("RS256"), express()];
  const { port, close } = await listen(app, "127.0.0.1", 0);
  onTestFinished(() => close(100));
  const [issuer, publicUrl] = [`http://localhost:${port}`, "https://shop.example"];
  let nonce = "";
  const endpoints = ["authorization", "token", "userinfo"].map((name) => [`${name}_endpoint`, `${issuer}/${name}`]);
  app.get("/.well-known/openid-configuration", (_, response) => {
    const signed = { jwks_uri: `${issuer}/jwks`, id_token_signing_alg_values_supported: ["RS256"] };
    response.json({ issuer, ...Object.fromEntries(endpoints), ...signed });
  });
  if (trouble) app.all(trouble.at, (_, response) => void troubles[trouble.how](response));
  app.get("/jwks", async (_, response) => {
    response.json({ keys: [{ ...(await exportJWK(keys.publicKey)), kid: "1", alg: "RS256" }] });
  });
  app.get("/userinfo", (_, response) => void response.json({ sub: "u1", ...userInfo }));
  app.post("/token", async (_, response) => {
    const now = Math.floor(Date.now() / 1_000);
    const claims = { iss: issuer, aud: "gorder-staff", sub: "u1", iat: now, exp: now + 60, nonce, roles: ["owner"] };
    const sign = (of: JWTPayload) =>
      new SignJWT(of).setProtectedHeader({ alg: "RS256", kid: "1" }).sign(keys.privateKey);
    response.json({ access_token: "a", token_type: "bearer", id_token: await forge(claims, sign) });
  });
  const options = { issuer, clientId: "gorder-staff", scope: "openid", rolesClaim, publicUrl, logger: silentLogger };
  const provider = staffProvider(options);
  const { url, attempt } = await provider.begin("/staff/", false);
  nonce = attempt.nonce;
  const callback = new URL(`${publicUrl}/staff/callback?code=c&state=${attempt.state}`);
  return { url, finish: () => provider.finish(callback, attempt) };
}

test("a sign-in is begun with a challenge, a state and a nonce of its own", async () => {
  const [one, another] = [await given(honest), await given(honest)];
  for (const name of ["code_challenge", "state", "nonce"]) {
    const values = [one, another].map(({ url }) => url.searchParams.get(name));
    expect(values[0]).toMatch(/^[\w-]{43}$/);
    expect(values[0]).not.toBe(values[1]);
  }
  expect(one.url.searchParams.get("code_challenge_method")).toBe("S256");
  expect(one.url.searchParams.get("redirect_uri")).toBe("https://shop.example/staff/callback");
});

describe("an ID token lets nobody in", () => {
  const forged: Record<string, Forge> = {
    "with alg none": async (claims) => new UnsecuredJWT(claims).encode(),
    "of another issuer": (claims, sign) => sign({ ...claims, iss: "https://another.example" }),
    "for another audience, such as the customers'": (claims, sign) => sign({ ...claims, aud: "gorder-customers" }),
    "with another nonce": (claims, sign) => sign({ ...claims, nonce: "another" }),
    "that has expired": (claims, sign) => sign({ ...claims, iat: 1, exp: 2 }),
    "that another key signed": async (claims) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: "RS256", kid: "1" })
        .sign((await generateKeyPair("RS256")).privateKey),
    "that our own client id signed": async (claims) =>
      new SignJWT(claims).setProtectedHeader({ alg: "HS256" }).sign(new TextEncoder().encode("gorder-staff")),
    "whose claims were changed": async (claims, sign) => {
      const [header, , signature] = (await sign(claims)).split(".");
      return `${header}.${Buffer.from(JSON.stringify({ ...claims, sub: "u2" })).toString("base64url")}.${signature}`;
    },
  };
  test.each(Object.entries(forged))("%s", async (_, forge) => {
    const { finish } = await given(forge);
    await expect(finish()).rejects.toMatchObject({ name: "AppError", kind: "unauthorized" });
  });
});

test.each(["/jwks", "/token"].flatMap((at) => Object.keys(troubles).map((how) => [at, how] as const)))(
  "who comes back while %s answers with %s is told that it cannot be done now, not that they are nobody",
  async (at, how) => {
    const { finish } = await given(honest, {}, "roles", { at, how: how as keyof typeof troubles });
    await expect(finish()).rejects.toMatchObject({ name: "AppError", kind: "unavailable" });
  },
);

test("roles come from the ID token, or from what the provider tells on asking", async () => {
  const nested = await given(honest, { realm_access: { roles: ["cook", "offline_access"] } }, "realm_access.roles");
  expect(await (await given(honest)).finish()).toMatchObject({ subject: "u1", roles: ["owner"] });
  expect(await nested.finish()).toMatchObject({ subject: "u1", roles: ["cook"] });
});

test.each([
  ["Ada\u0000 \u202eLovelace\n", "Ada   Lovelace"],
  [" \t", "ada"],
  [7, "ada"],
  ["👩‍🍳".repeat(100), expect.stringMatching(/^.{100}$/u)],
])("a member called %j is shown as %j, so that what they do can be recorded", async (name, expected) => {
  const { finish } = await given((claims, sign) => sign({ ...claims, name, preferred_username: "ada" }));
  expect((await finish()).name).toEqual(expected);
});

test("whose id is too long for the record of an act is told so, and not let in", async () => {
  const { finish } = await given((claims, sign) => sign({ ...claims, sub: "u".repeat(201) }));
  await expect(finish()).rejects.toMatchObject({ kind: "unauthorized", message: expect.stringMatching(/200/) });
});

test("what the provider says of somebody else counts for nobody", async () => {
  const { finish } = await given(honest, { sub: "u2", realm_access: { roles: ["owner"] } }, "realm_access.roles");
  await expect(finish()).rejects.toMatchObject({ kind: "unauthorized" });
});

test("a provider that is not there is unavailable, and found when it comes", async () => {
  const { port, close } = await listen(express(), "127.0.0.1", 0);
  await close();
  const issuer = `http://localhost:${port}`;
  const options = { issuer, clientId: "c", scope: "openid", rolesClaim: "roles", publicUrl: "http://localhost" };
  const provider = staffProvider({ ...options, logger: silentLogger });
  await expect(provider.begin("/staff/", false)).rejects.toMatchObject({ kind: "unavailable" });
  const app = express().get("/.well-known/openid-configuration", (_, response) => {
    response.json({ issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token` });
  });
  const there = await listen(app, "127.0.0.1", port);
  onTestFinished(() => there.close(100));
  expect((await provider.begin("/staff/", true)).url.searchParams.get("prompt")).toBe("login");
});
