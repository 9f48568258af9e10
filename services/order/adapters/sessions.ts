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

/** Guests with tokens signed by our own secret. */
export function guestSessions(secret: string): Sessions {
  const key = new TextEncoder().encode(secret);
  return {
    async issue(customerId = v7()) {
      const expiresAt = new Date(Date.now() + lifetimeMs);
      const jwt = new SignJWT().setProtectedHeader({ alg: "HS256" }).setSubject(customerId).setIssuedAt();
      const token = await jwt.setIssuer(issuer).setAudience(audience).setExpirationTime(expiresAt).sign(key);
      return { customerId, token, expiresAt };
    },
    verify: remembered((token) => jwtVerify(token, key, { issuer, audience, algorithms: ["HS256"] })),
  };
}

/** Customers of an OIDC provider, whose keys are at `jwksUrl`. */
export function oidcSessions(oidc: { jwksUrl: string; issuer: string; audience: string }): Sessions {
  const keys = createRemoteJWKSet(new URL(oidc.jwksUrl));
  return { verify: remembered((token) => jwtVerify(token, keys, { issuer: oidc.issuer, audience: oidc.audience })) };
}

/** A token that was good stays good until it expires: its signature is checked once, not with every request. */
function remembered(check: (token: string) => Promise<{ payload: JWTPayload }>): Sessions["verify"] {
  const known = new Map<string, { customerId: string; expiresAt: number }>();
  return async (token) => {
    const before = known.get(token);
    if (before && before.expiresAt > Date.now()) return before.customerId;
    known.delete(token);
    try {
      const { payload } = await check(token);
      if (!payload.sub || !payload.exp) return undefined;
      if (known.size >= 10_000) known.clear();
      known.set(token, { customerId: payload.sub, expiresAt: payload.exp * 1000 });
      return payload.sub;
    } catch {
      // jose throws for every token that proves nothing; why is no business of whoever sent it.
      return undefined;
    }
  };
}
