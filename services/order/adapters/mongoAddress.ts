import { MongoClient } from "mongodb";
import { authoritiesIn } from "#common/authorities";

/**
 * The servers that a mongodb:// address names, fit for logs: no user, no password. An address may name several, with
 * commas, which is why the driver reads it and not URL.
 * @throws Error that says what is not understood, and never shows the password.
 */
export function mongoServers(url: string): string {
  const { hosts, srvHost, tlsCAFile } = new MongoClient(url).options;
  if (tlsCAFile) authoritiesIn(tlsCAFile);
  return `MongoDB at ${srvHost ?? hosts.map(String).join()}`;
}
