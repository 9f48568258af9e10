import type { Logger } from "#common/logging";
import type { Identity, IdentityProvider } from "#common/signIn/identity";
import { openIdProvider } from "#common/signIn/openIdProvider";

/** A customer with an account. */
export type Customer = Identity & {
  /** The guest who signed in; empty for who showed that they were an account, undefined for who showed nothing. */
  readonly guestId?: string | undefined;
};

/** How the customers' provider is reached, and what it knows us as. */
export type CustomerProviderOptions = {
  issuer: string;
  clientId: string;
  /** Unset: a public client, which PKCE alone protects. */
  clientSecret?: string | undefined;
  scope: string;
  /** Where browsers find us: an origin. */
  publicUrl: string;
  logger: Logger;
};

/** The OpenID Connect provider that knows customers; a name is all that is wanted of it. */
export function customerProvider(options: CustomerProviderOptions): IdentityProvider<Customer> {
  return openIdProvider<Customer>({
    ...options,
    callback: "/auth/callback",
    home: "/",
    suffices: ({ name }) => name !== undefined,
    // They have no role that somebody could take from them: their session goes on by being used.
    whoIs: ({ wordUntil: _, ...identity }) => identity,
  });
}
