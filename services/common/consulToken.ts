import { readFile } from "node:fs/promises";

/** Consul's own variables for its ACL token; a file goes before the token itself, as it does for Consul's programs. */
export type ConsulTokenEnv = { CONSUL_HTTP_TOKEN?: string | undefined; CONSUL_HTTP_TOKEN_FILE?: string | undefined };

/**
 * How to ask for the ACL token, if there is one. A file is read for each request, as the token may be rotated.
 * It rejects with Node's error when the file cannot be read.
 */
export function consulToken(env: ConsulTokenEnv): (() => Promise<string>) | undefined {
  const { CONSUL_HTTP_TOKEN: token, CONSUL_HTTP_TOKEN_FILE: file } = env;
  if (file !== undefined) return async () => (await readFile(file, "utf8")).trim();
  return token === undefined ? undefined : async () => token;
}
