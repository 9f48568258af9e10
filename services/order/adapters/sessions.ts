import { errors, type JWTPayload, jwtVerify, SignJWT } from "jose";
import { v7 } from "uuid";
import { isKind } from "#common/errors";
import type { Logger } from "#common/logging";
import { providerKeys } from "./providerKeys.ts";

/** A guest with the token that proves it. */
export type Session = { customerId: string; token: string; expiresAt: Date };

/** Whom a token speaks for, and until when (milliseconds since 1970). */
export type Proven = { customerId: string; expiresAt: number };

/** Who customers are. */
export type Sessions = {
  /**
   * A token for a customer, by default a new guest, and for how long, by default 30 days; undefined when identities come
   * from elsewhere.
   */
  issue?: (customerId?: string, lifetimeMs?: number) => Promise<Session>;
  /**
   * The customer that a token speaks for, and until when; undefined when it proves nothing.
   * @throws AppError "unavailable" when nobody can say.
   */
  verify(token: string): Promise<Proven | undefined>;
};

const issuer = "gorder";
const audience = "gorder-customers";
const usualLifetimeMs = 30 * 24 * 3_600_000;

/** How far the provider's clock may be ahead of ours for its newest tokens to be good already, in seconds. */
const toleranceSeconds = 60;

/** How many tokens are remembered; the one that nobody showed for longest goes first. */
const usualTokens = 10_000;

/** Guests with tokens signed by our own secrets, none of them empty: the first signs, each is believed. */
export function guestSessions(secrets: readonly [string, ...string[]], mostTokens = usualTokens): Sessions {
  const [first, ...before] = secrets;
  const [signing, others] = [keyOf(first), before.map(keyOf)];
  const { verify, remember } = remembered((token) => verifiedByAny(token, [signing, ...others]), mostTokens);
  return {
    async issue(customerId = v7(), lifetimeMs = usualLifetimeMs) {
      // A token tells its end in whole seconds.
      const expiresAt = new Date(Math.floor((Date.now() + lifetimeMs) / 1000) * 1000);
      const jwt = new SignJWT().setProtectedHeader({ alg: "HS256" }).setSubject(customerId).setIssuedAt();
      const token = await jwt
        .setIssuer(issuer)
        .setAudience(audience)
        .setExpirationTime(expiresAt)
        .sign(await signing);
      remember(token, { customerId, expiresAt: expiresAt.getTime() });
      return { customerId, token, expiresAt };
    },
    verify,
  };
}

function keyOf(secret: string) {
  const hmac = { name: "HMAC", hash: "SHA-256" };
  return crypto.subtle.importKey("raw", new TextEncoder().encode(secret), hmac, false, ["sign", "verify"]);
}

/** While a secret replaces another, guests come with tokens of both. */
async function verifiedByAny(token: string, [key, ...others]: readonly ReturnType<typeof keyOf>[]) {
  if (!key) throw new errors.JWSSignatureVerificationFailed();
  try {
    return await jwtVerify(token, await key, { issuer, audience, algorithms: ["HS256"] });
  } catch (error) {
    if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
    return verifiedByAny(token, others);
  }
}

/** Customers of an OIDC provider, whose keys are at `jwksUrl`. */
export function oidcSessions(oidc: { jwksUrl: string; issuer: string; audience: string }, logger: Logger): Sessions {
  const keys = providerKeys(oidc.jwksUrl, logger);
  const { issuer, audience } = oidc;
  const options = { issuer, audience, clockTolerance: toleranceSeconds };
  const { verify } = remembered((token) => jwtVerify(token, keys, options));
  return { verify };
}

/** A token that was good stays good until it expires: its signature is checked once, not with every request. */
function remembered(check: (token: string) => Promise<{ payload: JWTPayload }>, mostTokens = usualTokens) {
  const known = new Map<string, Proven>();
  const remember = (token: string, one: Proven): void => {
    known.delete(token);
    known.set(token, one);
    if (known.size > mostTokens) known.delete(known.keys().next().value ?? "");
  };
  const verify: Sessions["verify"] = async (token) => {
    const before = known.get(token);
    if (before && before.expiresAt > Date.now()) {
      remember(token, before);
      return before;
    }
    known.delete(token);
    try {
      const { payload } = await check(token);
      if (!payload.sub || !payload.exp) return undefined;
      const proven = { customerId: payload.sub, expiresAt: payload.exp * 1000 };
      // Tolerance is for what begins, not for what has ended.
      if (proven.expiresAt <= Date.now()) return undefined;
      remember(token, proven);
      return proven;
    } catch (error) {
      if (isKind(error, "unavailable")) throw error;
      // jose throws for every token that proves nothing; why is no business of whoever sent it.
      return undefined;
    }
  };
  return { verify, remember };
}
