import type { Logger } from "#common/logging";
import { openIdProvider } from "#common/signIn/openIdProvider";
import type { IdentityProvider } from "../app/services.ts";
import { home } from "../domain/localPath.ts";
import { claimIn, rolesIn } from "../domain/roles.ts";

/** How the provider is reached, and what it knows us as. */
export type StaffProviderOptions = {
  issuer: string;
  clientId: string;
  /** Unset: a public client, which PKCE alone protects. */
  clientSecret?: string | undefined;
  scope: string;
  /** The claim that holds the roles. */
  rolesClaim: string;
  /** Where browsers find us: an origin. */
  publicUrl: string;
  logger: Logger;
};

/** The OpenID Connect provider that knows the staff, and their roles. */
export function staffProvider({ rolesClaim, ...options }: StaffProviderOptions): IdentityProvider {
  return openIdProvider({
    ...options,
    callback: "/staff/callback",
    home,
    suffices: (claims) => claimIn(claims, rolesClaim) !== undefined,
    whoIs: (identity, claims) => ({ ...identity, roles: rolesIn(claimIn(claims, rolesClaim)) }),
  });
}
