import { createRemoteJWKSet, type JWTPayload, jwtVerify, SignJWT } from "jose";
import { v7 } from "uuid";

/** A guest with the token that proves it. */
export type Session = { customerId: string; token: string; expiresAt: Date };

/** Who customers are. */
export type Sessions = {
  /** A new guest; undefined when identities come from elsewhere. */
  issue?: (customerId?: string) => Promise<Session>;
  /** The customer that a token speaks for; undefined when it proves nothing. */
  verify(token: string): Promise<string | undefined>;
};

const issuer = "gorder";
const audience = "gorder-customers";
const lifetimeMs = 30 * 24 * 3_600_000;

/** How many tokens are remembered; the one that nobody showed for longest goes first. */
const usualTokens = 10_000;

/** Guests with tokens signed by our own secret, which is not empty. */
export function guestSessions(secret: string, mostTokens = usualTokens): Sessions {
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const key = crypto.subtle.importKey("raw", new TextEncoder().encode(secret), hmac, false, ["sign", "verify"]);
  const { verify, remember } = remembered(
    async (token) => jwtVerify(token, await key, { issuer, audience, algorithms: ["HS256"] }),
    mostTokens,
  );
  return {
    async issue(customerId = v7()) {
      // A token tells its end in whole seconds.
      const expiresAt = new Date(Math.floor((Date.now() + lifetimeMs) / 1000) * 1000);
      const jwt = new SignJWT().setProtectedHeader({ alg: "HS256" }).setSubject(customerId).setIssuedAt();
      const token = await jwt
        .setIssuer(issuer)
        .setAudience(audience)
        .setExpirationTime(expiresAt)
        .sign(await key);
      remember(token, { customerId, expiresAt: expiresAt.getTime() });
      return { customerId, token, expiresAt };
    },
    verify,
  };
}

/** Customers of an OIDC provider, whose keys are at `jwksUrl`. */
export function oidcSessions(oidc: { jwksUrl: string; issuer: string; audience: string }): Sessions {
  const keys = createRemoteJWKSet(new URL(oidc.jwksUrl));
  const { verify } = remembered((token) => jwtVerify(token, keys, { issuer: oidc.issuer, audience: oidc.audience }));
  return { verify };
}

/** Until when a token speaks for whom; in milliseconds. */
type Known = { customerId: string; expiresAt: number };

/** A token that was good stays good until it expires: its signature is checked once, not with every request. */
function remembered(check: (token: string) => Promise<{ payload: JWTPayload }>, mostTokens = usualTokens) {
  const known = new Map<string, Known>();
  const remember = (token: string, one: Known): void => {
    known.delete(token);
    known.set(token, one);
    if (known.size > mostTokens) known.delete(known.keys().next().value ?? "");
  };
  const verify: Sessions["verify"] = async (token) => {
    const before = known.get(token);
    if (before && before.expiresAt > Date.now()) {
      remember(token, before);
      return before.customerId;
    }
    known.delete(token);
    try {
      const { payload } = await check(token);
      if (!payload.sub || !payload.exp) return undefined;
      remember(token, { customerId: payload.sub, expiresAt: payload.exp * 1000 });
      return payload.sub;
    } catch {
      // jose throws for every token that proves nothing; why is no business of whoever sent it.
      return undefined;
    }
  };
  return { verify, remember };
}
