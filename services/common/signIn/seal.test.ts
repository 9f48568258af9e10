import { EncryptJWT, SignJWT, UnsecuredJWT } from "jose";
import { describe, expect, test } from "vitest";
import { sealedWith } from "./seal.ts";

const [oldSecret, newSecret] = ["old-secret-0123456789-0123456789", "new-secret-0123456789-0123456789"];
const issuer = "gorder-staff";
const later = Date.now() + 60_000;

test("what was sealed opens again, and shows nothing before", async () => {
  const seal = sealedWith([newSecret], issuer);
  const sealed = await seal.seal("session", { subject: "u1" }, later);
  expect(Buffer.from(sealed, "base64url").toString("latin1")).not.toContain("u1");
  expect(await seal.open("session", sealed)).toEqual({ subject: "u1" });
});

test("a secret is replaced while what the old one sealed still opens", async () => {
  const sealed = await sealedWith([oldSecret], issuer).seal("session", { a: 1 }, later);
  expect(await sealedWith([newSecret, oldSecret], issuer).open("session", sealed)).toEqual({ a: 1 });
  expect(await sealedWith([newSecret], issuer).open("session", sealed)).toBeUndefined();
});

test("it opens until its end", async () => {
  const end = Date.UTC(2026, 0, 1);
  let time = end - 1_000;
  const seal = sealedWith([newSecret], issuer, () => time);
  const sealed = await seal.seal("session", {}, end);
  expect(await seal.open("session", sealed)).toEqual({});
  time = end + 1_000;
  expect(await seal.open("session", sealed)).toBeUndefined();
});

describe("opens nothing:", () => {
  const claims = { content: { subject: "u1", roles: ["owner"] } };
  const key = new TextEncoder().encode(newSecret);
  const forged = {
    "one of another issuer, with the same secret": () =>
      sealedWith([newSecret], "gorder-customers").seal("session", claims.content, later),
    "one for another purpose": () => sealedWith([newSecret], issuer).seal("sign-in", claims.content, later),
    "alg none": async () =>
      new UnsecuredJWT(claims).setIssuer(issuer).setAudience("session").setExpirationTime("1h").encode(),
    "a guest's token": () =>
      new SignJWT(claims).setProtectedHeader({ alg: "HS256" }).setAudience("session").setExpirationTime("1h").sign(key),
    "one that the secret itself encrypted": () =>
      new EncryptJWT(claims)
        .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
        .setIssuer(issuer)
        .setAudience("session")
        .setExpirationTime("1h")
        .encrypt(key.slice(0, 32)),
    "one that was changed": async () => {
      const sealed = await sealedWith([newSecret], issuer).seal("session", claims.content, later);
      // Its first letter: the last one has bits that say nothing.
      return sealed.replace(/[^.](?=[^.]*\.[^.]*$)/, (first) => (first === "A" ? "B" : "A"));
    },
    nonsense: async () => "a.b.c.d.e",
    nothing: async () => "",
  };
  test.each(Object.entries(forged))("%s", async (_, forge) => {
    expect(await sealedWith([newSecret], issuer).open("session", await forge())).toBeUndefined();
  });
});
