import { createHash } from "node:crypto";

/** What fits into the key's column of 255 characters beside the app's id. */
const longest = 200;

/**
 * A key as the store of `components/keepstore.yaml` can tell it from every other: the database compares by its own
 * collation, which takes "A" for "a", "é" for "e" and "a " for "a", and cuts off or refuses what is too long. Keys of
 * small letters, digits and dashes stay readable.
 */
export function keptKey(key: string): string {
  const plain = key.replaceAll(/[^a-z0-9-]/gu, (char) =>
    [...Buffer.from(char)].map((byte) => `_${byte.toString(16).padStart(2, "0")}`).join(""),
  );
  return plain.length <= longest ? plain : `__${createHash("sha256").update(key).digest("hex")}`;
}
