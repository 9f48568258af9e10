import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type AddressInfo, connect } from "node:net";
import { createServer } from "node:tls";
import type { Certificate } from "./certificates.ts";

/** TLS in front of a server that has none: a port of its own, and the certificate that it shows, which may change. */
export type TlsDoor = { readonly port: number; show(certificate: Certificate): void; close(): void };

/** Opens one before a local port. */
export async function tlsDoor(behind: number, certificate: Certificate): Promise<TlsDoor> {
  const read = ({ cert, key }: Certificate) => ({ cert: readFileSync(cert), key: readFileSync(key) });
  const server = createServer(read(certificate), (client) => {
    const upstream = connect(behind, "127.0.0.1");
    client.pipe(upstream).pipe(client);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on("error", () => {}).once("close", () => other.destroy());
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    show: (next) => server.setSecureContext(read(next)),
    close: () => void server.close(),
  };
}
