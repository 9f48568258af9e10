import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const openssl = (...args: readonly string[]) => promisify(execFile)("openssl", args);
const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];

/** A server's certificate and its key: files, in PEM. */
export type Certificate = { readonly cert: string; readonly key: string };

/** Whom a certificate names, and whether its time is over. */
export type CertificateOptions = { readonly names?: string; readonly expired?: boolean };

/** A certificate authority that nobody knows: the file of its certificate, and what it signs. */
export type Authority = {
  readonly ca: string;
  /** Signs for this machine, unless other names are given. */
  issue(name: string, options?: CertificateOptions): Promise<Certificate>;
};

/** Makes an authority in a folder of its own, with Debian's openssl. */
export async function newAuthority(folder: string): Promise<Authority> {
  mkdirSync(folder, { recursive: true });
  const file = (name: string) => join(folder, name);
  const [ca, caKey] = [file("ca.pem"), file("ca.key")];
  const isAuthority = ["-addext", "basicConstraints=critical,CA:TRUE"];
  await openssl(
    "req",
    "-x509",
    ...newKey,
    "-keyout",
    caKey,
    "-out",
    ca,
    "-subj",
    "/CN=test",
    "-days",
    "2",
    ...isAuthority,
  );
  return {
    ca,
    async issue(name, { names = "DNS:localhost,IP:127.0.0.1", expired = false } = {}) {
      const [key, request, cert, more] = ["key", "csr", "pem", "ext"].map((end) => file(`${name}.${end}`)) as [
        string,
        string,
        string,
        string,
      ];
      writeFileSync(more, `subjectAltName=${names}\n`);
      await openssl("req", ...newKey, "-keyout", key, "-out", request, "-subj", `/CN=${name}`);
      const days = expired ? "-1" : "2";
      const signed = ["-CA", ca, "-CAkey", caKey, "-days", days, "-extfile", more];
      await openssl("x509", "-req", "-in", request, "-out", cert, ...signed);
      return { cert, key };
    },
  };
}
