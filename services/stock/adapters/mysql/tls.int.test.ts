import { afterAll, beforeAll, expect, test } from "vitest";
import { mysqlUrl } from "../../../../dev/stack/parts/mysql.ts";
import { makeSecuredPlace, mysqlWithTls, type Secured } from "../../../../proof/testing/secured.ts";
import { lastWord } from "../../../../proof/testing/startedAlone.ts";
import { select, withConnection } from "./database.ts";
import { temporaryPool } from "./testing.ts";

/** Processes are started from their sources, on a machine that may be busy. */
const patience = 120_000;

let place: Secured;
let byName: string;
beforeAll(async () => {
  place = await makeSecuredPlace();
  await place.fleet.start("servers", await mysqlWithTls(place.context, await place.authority.issue("mysql")));
  byName = mysqlUrl(place.context).replace("127.0.0.1", "localhost");
}, 60_000);
afterAll(() => place.end());

/** What the server says of how this connection is ciphered; "" is not at all. */
async function cipher(address: string): Promise<string | undefined> {
  const rows = await withConnection(temporaryPool(address, 1), (connection) =>
    select<{ Value: string }>(connection, "SHOW STATUS LIKE 'Ssl_cipher'"),
  );
  return rows[0]?.Value;
}

test.each(["VERIFY_CA", "VERIFY_IDENTITY"])("with ssl-mode=%s and its authority a server is trusted", async (mode) => {
  expect(await cipher(`${byName}?ssl-mode=${mode}&ssl-ca=${place.authority.ca}`)).toMatch(/^TLS/);
});

test("with ssl-mode=REQUIRED it is spoken to in cipher, whoever it is, and without a mode in plain text", async () => {
  expect(await cipher(`${byName}?ssl-mode=REQUIRED`)).toMatch(/^TLS/);
  expect(await cipher(byName)).toBe("");
});

test.each(["VERIFY_CA", "VERIFY_IDENTITY"])("with ssl-mode=%s nobody else's authority will do", async (mode) => {
  await expect(cipher(`${byName}?ssl-mode=${mode}`)).rejects.toThrow(/unable to verify/);
  const stranger = cipher(`${byName}?ssl-mode=${mode}&ssl-ca=${place.stranger.ca}`);
  await expect(stranger).rejects.toThrow(/unable to verify/);
});

test(
  "an authority that Node was told of vouches too",
  async () => {
    const trusting = { MYSQL_URL: `${byName}?ssl-mode=VERIFY_IDENTITY`, NODE_EXTRA_CA_CERTS: place.authority.ca };
    const wrongPassword = trusting.MYSQL_URL.replace(/:[^:@]+@/, ":wrong@");
    // It comes as far as the password.
    expect((await lastWord("stock", { ...trusting, MYSQL_URL: wrongPassword })).says).toContain("Access denied");
  },
  patience,
);

test(
  "what stock says last is which server it could not use, and why",
  async () => {
    const port = new URL(byName).port;
    const stranger = `${byName}?ssl-mode=VERIFY_CA&ssl-ca=${place.stranger.ca}`;
    const wrongPassword = byName.replace(/:[^:@]+@/, ":wrong@");
    for (const [address, why] of [
      [stranger, "unable to verify"],
      [wrongPassword, "Access denied"],
    ] as const) {
      const { code, says } = await lastWord("stock", { MYSQL_URL: address });
      expect(code).toBe(1);
      expect(JSON.parse(says)).toMatchObject({ message: "does not start" });
      expect(says).toContain(`MySQL at localhost:${port}: `);
      expect(says).toContain(why);
    }
  },
  patience,
);

test(
  "a certificate for another name fails VERIFY_IDENTITY alone, an expired one every check",
  async () => {
    const trusted = `${byName}?ssl-ca=${place.authority.ca}&ssl-mode=`;
    await place.authority.issue("mysql", { names: "DNS:elsewhere.example" });
    await place.fleet.restart("mysql");
    expect(await cipher(`${trusted}VERIFY_CA`)).toMatch(/^TLS/);
    await expect(cipher(`${trusted}VERIFY_IDENTITY`)).rejects.toThrow(/does not match certificate's altnames/);
    // An address in numbers is no way round it.
    await expect(cipher(`${trusted.replace("localhost", "127.0.0.1")}VERIFY_IDENTITY`)).rejects.toThrow(/altnames/);

    await place.authority.issue("mysql", { expired: true });
    await place.fleet.restart("mysql");
    const { code, says } = await lastWord("stock", { MYSQL_URL: `${trusted}VERIFY_CA` });
    expect([code, says]).toEqual([1, expect.stringContaining("certificate has expired")]);
  },
  patience,
);
