/**
 * Does something at a server. A failure says which one it was: drivers tell of certificates and passwords without a word
 * of whose.
 */
export async function at<T>(server: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new Error(`${server}: ${reasonOf(cause)}`, { cause });
  }
}

/** The messages of an error and its causes, in one line; drivers wrap one in another that says the same. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = error.cause === undefined ? "" : reasonOf(error.cause);
  const said = error.message || error.name;
  if (inner === "" || said.includes(inner)) return said;
  return inner.startsWith(said) ? inner : `${said}: ${inner}`;
}
