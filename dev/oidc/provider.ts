import { generateKeyPairSync, randomBytes } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { type Configuration, type JWK, Provider } from "oidc-provider";
import { listen } from "#common/http/listen";
import { inMemory } from "./memory.ts";
import { choicePage, page, people } from "./people.ts";

/** A provider that runs. */
export type Oidc = {
  /** What `STAFF_OIDC_ISSUER` and `CUSTOMER_OIDC_ISSUER` are to be. */
  issuer: string;
  close(): Promise<void>;
};

/** Somebody whom people sign in to: one of ours. */
export type OidcClient = {
  clientId: string;
  clientSecret: string;
  /** Where it is: origins. */
  publicUrls: readonly string[];
  /** Whether it may ask again who somebody is, without them; default true. */
  mayRefresh?: boolean;
  /** Where in it one comes back to from signing in, and out: by default the staff's page. */
  callback?: string;
  home?: string;
};

/** Where a provider listens that others than this machine reach, and what it calls itself there. */
type Place = { readonly host: string; readonly port: number; readonly issuer: string };

/**
 * A real OpenID Connect provider for development and tests: a visitor chooses who they are. What it knows is gone
 * when it ends. @param at a port of this machine alone, of which 0 takes any free one; or a place.
 */
export async function startOidc(at: number | Place, ...clients: readonly OidcClient[]): Promise<Oidc> {
  let handle: RequestListener = (_, response) => void response.writeHead(503).end();
  const { host, port } = typeof at === "number" ? { host: "127.0.0.1", port: at } : at;
  const server = await listen((request, response) => handle(request, response), host, port);
  const issuer = typeof at === "number" ? `http://localhost:${server.port}` : at.issuer;
  const provider = new Provider(issuer, configuration(clients));
  const protocol = provider.callback();
  handle = (request, response) => {
    if (!request.url?.startsWith("/interaction/")) return void protocol(request, response);
    interact(provider, request, response).catch((error: Error) => {
      response
        .writeHead(400, { "content-type": "text/html; charset=utf-8" })
        .end(page("That did not work", error.name));
    });
  };
  return { issuer, close: () => server.close(100) };
}

/** Shows who there is, and takes the answer. */
async function interact(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { uid } = await provider.interactionDetails(request, response);
  const sub = request.method === "POST" ? new URLSearchParams(await text(request)).get("sub") : undefined;
  if (sub && people.some((person) => person.sub === sub)) {
    const result = { login: { accountId: sub, remember: true } };
    return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(choicePage(`/interaction/${uid}`));
}

function configuration(clients: readonly OidcClient[]): Configuration {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  return {
    adapter: inMemory(),
    clients: clients.map(
      ({ publicUrls, callback = "/staff/callback", home = "/staff/", mayRefresh = true, ...client }) => ({
        client_id: client.clientId,
        client_secret: client.clientSecret,
        grant_types: ["authorization_code", ...(mayRefresh ? ["refresh_token"] : [])],
        redirect_uris: publicUrls.map((url) => url + callback),
        post_logout_redirect_uris: publicUrls.map((url) => url + home),
      }),
    ),
    jwks: { keys: [{ ...(privateKey.export({ format: "jwk" }) as JWK), use: "sig", kid: "1" }] },
    cookies: { keys: [randomBytes(24).toString("hex")] },
    claims: { openid: ["sub"], profile: ["name", "roles"] },
    findAccount: (_, sub) => ({
      accountId: sub,
      claims: async () => ({ ...people.find((person) => person.sub === sub), sub }),
    }),
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    // Nobody is asked whether the shop may know who works in it.
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({
        accountId: oidc.session?.accountId ?? "",
        clientId: oidc.client?.clientId ?? "",
      });
      grant.addOIDCScope("openid profile");
      await grant.save();
      return grant;
    },
    issueRefreshToken: async (_, client) => client.grantTypeAllowed("refresh_token"),
    rotateRefreshToken: true,
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true, allowedPolicy: (_, client, token) => token.clientId === client.clientId },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource(ctx, form) {
          const yes = '<button name="logout" value="yes" form="op.logoutForm">Sign out</button>';
          ctx.body = page("Sign out?", form + yes);
        },
        postLogoutSuccessSource(ctx) {
          ctx.body = page("You are signed out", "");
        },
      },
    },
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      IdToken: 600,
      Interaction: 600,
      Grant: 86_400,
      RefreshToken: 86_400,
      Session: 86_400,
    },
  };
}
