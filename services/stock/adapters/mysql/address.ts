import { parametersOf } from "#common/addressParameters";
import { authoritiesIn } from "#common/authorities";

/** How a connection is kept from others' eyes; the driver's own words. */
type Tls = { rejectUnauthorized: boolean; verifyIdentity: boolean; ca?: string };

/** Where MySQL is, for the driver: an address without parameters, and whether and how to use TLS. */
export type MysqlAddress = { uri: string; host?: string; ssl?: Tls };

/** What providers call their modes, in MySQL's own words and in others', and what each demands. */
const modes = new Map<string, Tls | "plain">(
  Object.entries({
    DISABLED: "plain",
    DISABLE: "plain",
    REQUIRED: { rejectUnauthorized: false, verifyIdentity: false },
    REQUIRE: { rejectUnauthorized: false, verifyIdentity: false },
    VERIFY_CA: { rejectUnauthorized: true, verifyIdentity: false },
    VERIFY_IDENTITY: { rejectUnauthorized: true, verifyIdentity: true },
    VERIFY_FULL: { rejectUnauthorized: true, verifyIdentity: true },
  } as const),
);

/** The parameters that are understood, by the ways in which they are written. */
const parameters = new Map(
  Object.entries({ sslmode: "mode", "ssl-mode": "mode", ssl_mode: "mode", "ssl-ca": "ca", ssl_ca: "ca", sslca: "ca" }),
);

/**
 * Reads an address like mysql://user:password@host:port/database?ssl-mode=VERIFY_CA&ssl-ca=/etc/ca.pem. Certificates are
 * checked against the authorities in that file alone or, without one, against those that Node knows (NODE_EXTRA_CA_CERTS
 * adds to them).
 * @throws Error that names a parameter, mode or file that is not understood: what is ignored could be what protects.
 */
export function mysqlAddress(url: string): MysqlAddress {
  const parsed = new URL(url);
  const given = parametersOf(parsed, (name) => parameters.get(name.toLowerCase()));
  parsed.search = "";
  const tls = tlsOf(given.get("mode"), given.get("ca"));
  // The driver would look for a name in brackets.
  const host = /^\[(.+)\]$/.exec(parsed.hostname)?.[1];
  const where = { uri: parsed.href, ...(host && { host }) };
  return tls === "plain" ? where : { ...where, ssl: tls };
}

function tlsOf(modeText: string | undefined, caFile: string | undefined): Tls | "plain" {
  const mode = modeText === undefined ? "plain" : modes.get(modeText.toUpperCase().replaceAll("-", "_"));
  if (mode === undefined) throw new Error("ssl-mode is to be DISABLED, REQUIRED, VERIFY_CA or VERIFY_IDENTITY");
  if (caFile === undefined) return mode === "plain" ? mode : { ...mode };
  if (mode === "plain" || !mode.rejectUnauthorized) {
    throw new Error('"ssl-ca" goes with ssl-mode=VERIFY_CA or VERIFY_IDENTITY: other modes check no certificate');
  }
  try {
    return { ...mode, ca: authoritiesIn(caFile) };
  } catch (error) {
    throw new Error(`"ssl-ca": ${error instanceof Error ? error.message : "is not understood"}`);
  }
}

/** The server that an address names, fit for logs. */
export function serverOf(url: string): string {
  return `MySQL at ${new URL(url).host}`;
}
