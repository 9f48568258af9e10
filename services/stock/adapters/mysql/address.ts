/** How a connection is kept from others' eyes; the driver's own words. */
type Tls = { rejectUnauthorized: boolean; verifyIdentity: boolean };

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

/**
 * Reads an address like mysql://user:password@host:port/database?ssl-mode=REQUIRED. Certificates are checked against
 * the authorities that Node knows (NODE_EXTRA_CA_CERTS adds to them).
 * @throws Error that names a parameter or mode that is not understood: what is ignored could be what protects.
 */
export function mysqlAddress(url: string): MysqlAddress {
  const parsed = new URL(url);
  let wanted: Tls | "plain" | undefined;
  for (const [name, value] of parsed.searchParams) {
    if (!["sslmode", "ssl-mode", "ssl_mode"].includes(name.toLowerCase())) {
      throw new Error(`the parameter "${name}" is not understood; ssl-mode is the only one that is`);
    }
    const mode = modes.get(value.toUpperCase().replaceAll("-", "_"));
    if (mode === undefined) {
      throw new Error(`${name} is to be DISABLED, REQUIRED, VERIFY_CA or VERIFY_IDENTITY`);
    }
    if (wanted !== undefined) throw new Error(`${name} is given twice`);
    wanted = mode;
  }
  parsed.search = "";
  // The driver would look for a name in brackets.
  const host = /^\[(.+)\]$/.exec(parsed.hostname)?.[1];
  const where = { uri: parsed.href, ...(host && { host }) };
  return wanted === undefined || wanted === "plain" ? where : { ...where, ssl: { ...wanted } };
}
