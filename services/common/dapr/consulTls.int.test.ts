import { randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tokenHeader } from "#common/http/appToken";
import { consulWithTls, makeSecuredPlace, type Secured } from "../../../proof/testing/secured.ts";
import { securedSidecar, type Ways } from "../../../proof/testing/securedSidecar.ts";

const token = randomUUID();
let place: Secured;
let right: Ways & { consul: object };
beforeAll(async () => {
  place = await makeSecuredPlace();
  const { context, authority, tlsPort } = place;
  await place.fleet.start("nameserver", consulWithTls(context, await authority.issue("consul"), token, tlsPort));
  right = { ...withToken(token), ca: authority.ca };
}, 60_000);
afterAll(() => place.end());

/** Consul as it is reached with this token, which is in a file as a secret's volume has it. */
function withToken(text: string): { consul: { address: string; tokenFile: string } } {
  const tokenFile = join(place.context.data, `token-${text}`);
  writeFileSync(tokenFile, text);
  return { consul: { address: `localhost:${place.tlsPort}`, tokenFile } };
}

/** What a sidecar answers that was asked for a service which nobody has registered. */
async function answerOf(ways: Ways): Promise<string> {
  const { context, fleet } = place;
  await fleet.start("sidecars", securedSidecar(place, ways));
  try {
    const url = `http://127.0.0.1:${context.ports["testapp-dapr-http"]}/v1.0/invoke/nobody/method/x`;
    const headers = { [tokenHeader]: context.secrets.daprApiToken };
    return await (await fetch(url, { headers })).text();
  } finally {
    await fleet.kill("testapp-dapr");
  }
}

test("a sidecar asks Consul by TLS, with a token that it reads from a file", async () => {
  expect(await answerOf(right)).toMatch(/no healthy services|couldn't find/);
});

const unknownToken = () => ({ ...right, ...withToken(randomUUID()) });
const unknownAuthority = () => ({ ...right, ca: place.stranger.ca });

test.each([
  ["a token that Consul does not know", unknownToken, /403/],
  ["a certificate of another's", unknownAuthority, /certificate signed by unknown authority/],
])("with %s it finds nobody, and its log says why", async (_, ways, why) => {
  expect(await answerOf(ways())).toContain("name resolver not initialized");
  expect(readFileSync(join(place.context.data, "log", "testapp-dapr.log"), "utf8")).toMatch(why);
});
