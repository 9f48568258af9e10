import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { silentLogger } from "#common/logging";
import { mongodb } from "../../../dev/stack/parts/mongodb.ts";
import { makeSecuredPlace, type Secured } from "../../../proof/testing/secured.ts";
import { lastWord } from "../../../proof/testing/startedAlone.ts";
import { type TlsDoor, tlsDoor } from "../../../proof/testing/tlsDoor.ts";
import { connectMongo } from "./mongoConnection.ts";

/** Processes are started from their sources, on a machine that may be busy. */
const patience = 120_000;

let place: Secured;
let door: TlsDoor;
let address: string;
beforeAll(async () => {
  place = await makeSecuredPlace();
  await place.fleet.start("servers", mongodb(place.context));
  // Our FerretDB has no TLS of its own, and MongoDB's is nothing but its protocol within TLS.
  door = await tlsDoor(place.context.ports.mongodb, await place.authority.issue("mongodb"));
  address = `mongodb://localhost:${door.port}/?tls=true&tlsCAFile=`;
}, 60_000);
afterAll(async () => {
  door.close();
  await place.end();
});

async function ping(url: string): Promise<unknown> {
  const connection = connectMongo(url, silentLogger);
  onTestFinished(() => connection.close());
  return connection.inTime(connection.client.db("admin").command({ ping: 1 }));
}

test("a server is trusted with its authority, and with no other", async () => {
  expect(await ping(address + place.authority.ca)).toMatchObject({ ok: 1 });
  await expect(ping(address + place.stranger.ca)).rejects.toThrow(/unable to verify/);
  await expect(ping(address.replace("&tlsCAFile=", ""))).rejects.toThrow(/unable to verify/);
});

const lastOfOrder = (mongodbUrl: string, more = {}) =>
  lastWord("order", { SESSION_SECRET: "0123456789abcdef0123456789abcdef", MONGODB_URL: mongodbUrl, ...more });

test(
  "what order says last is which server it does not trust, and why",
  async () => {
    const { code, says } = await lastOfOrder(address + place.stranger.ca);
    expect(code).toBe(1);
    expect(JSON.parse(says)).toMatchObject({ message: "does not start" });
    expect(says).toContain(`MongoDB at localhost:${door.port}: unable to verify`);
  },
  patience,
);

test(
  "an expired certificate and one for another name are refused, each by its reason",
  async () => {
    door.show(await place.authority.issue("mongodb", { names: "DNS:elsewhere.example" }));
    await expect(ping(address + place.authority.ca)).rejects.toThrow(/does not match certificate's altnames/);
    door.show(await place.authority.issue("mongodb", { expired: true }));
    // With Node's own list of authorities, too.
    const { code, says } = await lastOfOrder(address.replace("&tlsCAFile=", ""), {
      NODE_EXTRA_CA_CERTS: place.authority.ca,
    });
    expect([code, says]).toEqual([1, expect.stringContaining("certificate has expired")]);
  },
  patience,
);
