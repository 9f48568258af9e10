import * as oidc from "openid-client";
import { AppError } from "#common/errors";
import type { Logger } from "#common/logging";
import type { Identity, IdentityProvider } from "./identity.ts";

/** What a provider tells of somebody. */
export type Claims = Readonly<Record<string, unknown>>;

/** How the provider is reached, and what it knows us as. */
export type OpenIdOptions<Who extends Identity> = {
  issuer: string;
  clientId: string;
  /** Unset: a public client, which PKCE alone protects. */
  clientSecret?: string | undefined;
  scope: string;
  /** Whether the ID token says all that is needed; else the provider is asked for more. */
  suffices(claims: Claims): boolean;
  whoIs(identity: Identity, claims: Claims): Who;
  /** Where browsers find us: an origin, and in it where the provider sends them when they signed in, and out. */
  publicUrl: string;
  callback: string;
  home: string;
  logger: Logger;
};

/** How long the provider may take for an answer, in seconds. */
const patience = 5;

/** Control characters, and those that turn the reading direction: no act of a name with them would be recorded. */
const unseen = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** A name as others read it; empty when it is none. */
function shown(name: unknown): string {
  if (typeof name !== "string") return "";
  return [...name.replace(unseen, " ").trim()].slice(0, 100).join("");
}

/** The longest subject that an act is recorded with, in characters. */
const longestSubject = 200;

/** The provider's refusals and broken promises are "unauthorized"; that it cannot be asked is "unavailable". */
function errorOf(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const answered =
    cause instanceof oidc.AuthorizationResponseError ||
    (cause instanceof oidc.ResponseBodyError && cause.status < 500 && cause.status !== 429) ||
    (cause instanceof oidc.ClientError &&
      cause.code !== undefined &&
      // A page in the place of JSON is somebody's between us.
      /^OAUTH_(?!TIMEOUT|PARSE_ERROR|RESPONSE_IS_NOT_)/.test(cause.code));
  return answered
    ? new AppError("unauthorized", "The sign-in did not succeed", {}, { cause })
    : new AppError("unavailable", "The identity provider does not answer", {}, { cause });
}

/** When what an ID token says of somebody is not to be believed any more; a renewal need not bring another one. */
function wordUntilOf(expires: number | undefined): number | undefined {
  return expires === undefined ? undefined : expires * 1_000;
}

/** Asks for the provider's own description when it is first needed: the provider may start after us. */
function discover(options: Pick<OpenIdOptions<Identity>, "issuer" | "clientId" | "clientSecret">) {
  const { issuer, clientId, clientSecret } = options;
  const authentication = clientSecret ? oidc.ClientSecretBasic(clientSecret) : oidc.None();
  // The settings let plain HTTP through only where nobody can listen.
  const plain = issuer.startsWith("http:") ? [oidc.allowInsecureRequests] : [];
  const execute = [oidc.enableNonRepudiationChecks, ...plain];
  let known: Promise<oidc.Configuration> | undefined;

  return (): Promise<oidc.Configuration> => {
    known ??= oidc
      .discovery(new URL(issuer), clientId, undefined, authentication, { timeout: patience, execute })
      .catch((error: unknown) => {
        known = undefined;
        throw error;
      });
    return known;
  };
}

type Granted = {
  config: oidc.Configuration;
  tokens: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers;
  subject: string;
};

/** What we need may be in the ID token, or only in the answer of the userinfo endpoint. */
async function readIdentity<Who extends Identity>(
  { suffices, whoIs }: Pick<OpenIdOptions<Who>, "suffices" | "whoIs">,
  { config, tokens, subject }: Granted,
): Promise<Who> {
  if (subject.length > longestSubject)
    throw new AppError("unauthorized", `The id of this account is longer than ${longestSubject} characters`);
  let claims: Claims = { ...tokens.claims() };
  if (!suffices(claims) && config.serverMetadata().userinfo_endpoint)
    claims = { ...claims, ...(await oidc.fetchUserInfo(config, tokens.access_token, subject)) };
  const names = [claims.name, claims.preferred_username, claims.email, subject].map(shown);
  const name = names.find((one) => one !== "") ?? "";
  const wordUntil = wordUntilOf(tokens.claims()?.exp);
  return whoIs({ subject, name, refreshToken: tokens.refresh_token, wordUntil }, claims);
}

/** An OpenID Connect provider: authorization code with PKCE, state and nonce; signatures are checked, also over TLS. */
export function openIdProvider<Who extends Identity>(options: OpenIdOptions<Who>): IdentityProvider<Who> {
  const { clientId, scope, publicUrl, callback: callbackPath, home, logger } = options;
  const provider = discover(options);

  async function askProvider<T>(work: (config: oidc.Configuration) => Promise<T>): Promise<T> {
    try {
      return await work(await provider());
    } catch (cause) {
      throw errorOf(cause);
    }
  }

  return {
    begin: (returnTo, fresh) =>
      askProvider(async (config) => {
        const attempt = {
          state: oidc.randomState(),
          nonce: oidc.randomNonce(),
          verifier: oidc.randomPKCECodeVerifier(),
          returnTo,
        };
        const url = oidc.buildAuthorizationUrl(config, {
          redirect_uri: `${publicUrl}${callbackPath}`,
          scope,
          state: attempt.state,
          nonce: attempt.nonce,
          code_challenge: await oidc.calculatePKCECodeChallenge(attempt.verifier),
          code_challenge_method: "S256",
          ...(fresh && { prompt: "login" }),
        });
        return { url, attempt };
      }),
    finish: (callback, { state, nonce, verifier }) =>
      askProvider(async (config) => {
        const checks = {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        };
        const tokens = await oidc.authorizationCodeGrant(config, callback, checks);
        const subject = tokens.claims()?.sub;
        if (!subject) throw new AppError("unauthorized", "The identity provider does not say who signed in");
        return readIdentity(options, { config, tokens, subject });
      }),
    renew: (subject, refreshToken) =>
      askProvider(async (config) => {
        const tokens = await oidc.refreshTokenGrant(config, refreshToken);
        const named = tokens.claims()?.sub ?? subject;
        if (named !== subject) throw new AppError("unauthorized", "The identity provider speaks of somebody else");
        return readIdentity(options, { config, tokens, subject });
      }),
    async leave(refreshToken) {
      try {
        const config = await provider();
        const { revocation_endpoint: revokes, end_session_endpoint: ends } = config.serverMetadata();
        if (refreshToken && revokes) await oidc.tokenRevocation(config, refreshToken);
        const back = { post_logout_redirect_uri: `${publicUrl}${home}`, client_id: clientId };
        return ends ? oidc.buildEndSessionUrl(config, back) : undefined;
      } catch (error) {
        // Who leaves has left here, whatever the provider says.
        logger.warn("the provider was not told of a sign-out", { reason: String(error) });
        return undefined;
      }
    },
  };
}
