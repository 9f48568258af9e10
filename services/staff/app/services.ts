import type { IdentityProvider as ProviderOf } from "#common/signIn/identity";
import type { SignedIn } from "../domain/member.ts";

/** Who knows the staff. */
export type IdentityProvider = ProviderOf<SignedIn>;
