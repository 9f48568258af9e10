import { MongoClient } from "mongodb";
import { noFragment } from "#common/addressParameters";
import { authoritiesIn } from "#common/authorities";

/**
 * The servers that a mongodb:// address names, fit for logs: no user, no password. An address may name several, with
 * commas, which is why the driver reads it and not URL.
 * @throws Error that says what is not understood, and never shows the password.
 */
export function mongoServers(url: string): string {
  const { hosts, srvHost, tls, tlsCAFile, writeConcern } = new MongoClient(url).options;
  // The driver would go on, without what was asked for.
  if (url.includes("#")) throw new Error(noFragment);
  if (!tls && /[?&]tls[a-z]+=/i.test(url)) throw new Error("parameters of TLS go with tls=true");
  if (writeConcern?.w === 0) throw new Error("w=0 has no write answered: orders would be lost without a word");
  if (tlsCAFile) authoritiesIn(tlsCAFile);
  return `MongoDB at ${srvHost ?? hosts.map(String).join()}`;
}
