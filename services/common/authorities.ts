import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";

/** One certificate in PEM. */
const certificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * The certificates of authorities that a file holds, in PEM.
 * @throws Error that says in a sentence what is wrong with the file: Node would go on without it, and whom it vouches
 * for would be refused later for another reason.
 */
export function authoritiesIn(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    throw new Error(`the file ${file} cannot be read (${code})`);
  }
  const found = text.match(certificate) ?? [];
  if (found.length === 0) throw new Error(`the file ${file} holds no certificate in PEM`);
  for (const [index, pem] of found.entries()) {
    try {
      new X509Certificate(pem);
    } catch {
      throw new Error(`certificate ${index + 1} of the file ${file} cannot be read`);
    }
  }
  return found.join("\n");
}
