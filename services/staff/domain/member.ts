import type { Identity } from "#common/signIn/identity";
import type { Session as SessionOf } from "#common/signIn/session";
import type { Role } from "./roles.ts";

/** A member of staff, as the identity provider knows them. */
export type Member = {
  /** The provider's id of them. */
  readonly subject: string;
  /** What others read. */
  readonly name: string;
  readonly roles: readonly Role[];
};

/** What the provider says of a member who signs in, or whose session it renews. */
export type SignedIn = Member & Pick<Identity, "refreshToken" | "wordUntil">;

/** A member who is signed in. */
export type Session = SessionOf<SignedIn>;
