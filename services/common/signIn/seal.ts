import { hkdfSync } from "node:crypto";
import { EncryptJWT, jwtDecrypt } from "jose";

/** What a sealed text is for: one that was made for another purpose opens nothing. */
type Purpose = "session" | "sign-in";

/** Keeps what the browser holds for us secret and unchanged. Times are in milliseconds since the epoch. */
export type Seal = {
  seal(purpose: Purpose, content: object, endsAt: number): Promise<string>;
  /** Undefined for what is none of ours, was changed, or has ended. */
  open(purpose: Purpose, sealed: string): Promise<unknown>;
};

const algorithms = { keyManagementAlgorithms: ["dir"], contentEncryptionAlgorithms: ["A256GCM"] };

/**
 * Seals with the first secret and opens with any, so that a secret can be replaced while people work. What one `issuer`
 * sealed opens nothing of another's, with the same secret either.
 */
export function sealedWith(secrets: readonly string[], issuer: string, now: () => number = Date.now): Seal {
  const keys = secrets.map((secret) => new Uint8Array(hkdfSync("sha256", secret, issuer, "cookies", 32)));
  const [first] = keys;
  if (!first) throw new Error("sealing needs a secret");
  return {
    async seal(purpose, content, endsAt) {
      const jwt = new EncryptJWT({ content }).setProtectedHeader({ alg: "dir", enc: "A256GCM" }).setIssuer(issuer);
      return jwt.setAudience(purpose).setExpirationTime(new Date(endsAt)).encrypt(first);
    },
    async open(purpose, sealed) {
      for (const key of keys) {
        const options = { ...algorithms, issuer, audience: purpose, currentDate: new Date(now()) };
        // jose throws for everything that is not ours; the sender is not told why.
        const opened = await jwtDecrypt(sealed, key, options).catch(() => undefined);
        if (opened?.payload.exp) return opened.payload.content;
      }
      return undefined;
    },
  };
}
