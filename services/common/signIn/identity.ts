/** What is kept of a sign-in between its begin and its end. */
export type Attempt = {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly returnTo: string;
};

/** Somebody, as an identity provider knows them. */
export type Identity = {
  /** The provider's id of them. */
  readonly subject: string;
  /** What others read. */
  readonly name: string;
  /** With this the provider is asked again about them. */
  readonly refreshToken?: string | undefined;
  /**
   * Until when the provider's word on them stands where it cannot be asked again, in milliseconds since the epoch; unset
   * for a guest, who has no role that could be taken away.
   */
  readonly wordUntil?: number | undefined;
};

/**
 * Who knows people: an OpenID Connect provider. Every method may throw an AppError: "unavailable" when the provider does
 * not answer, "unauthorized" when it, or what it says, is not to be believed.
 */
export type IdentityProvider<Who extends Identity> = {
  /** Where the browser goes to sign in. `fresh`: with another account than the one that is signed in there. */
  begin(returnTo: string, fresh: boolean): Promise<{ url: URL; attempt: Attempt }>;
  /** Who has signed in, by the address that the provider sent the browser back to. An address is good once. */
  finish(callback: URL, attempt: Attempt): Promise<Who>;
  /** What the provider says of somebody by now. */
  renew(subject: string, refreshToken: string): Promise<Who>;
  /** Has the provider forget the session. @returns where the browser ends the one that it has there, if it can. */
  leave(refreshToken: string | undefined): Promise<URL | undefined>;
};
