const elsewhere = /^\/(auth|api|staff)(\/|$)/i;

/**
 * The path of the guests' page that somebody wants to return to; the menu when nothing is asked for. Undefined for
 * whatever leads anywhere else, by whichever trick: another host, `//host`, backslashes, `..`, control characters.
 */
export function returnPath(wanted: unknown): string | undefined {
  if (wanted === undefined) return "/";
  if (typeof wanted !== "string" || !/^\/[\x21-\x5b\x5d-\x7e]*$/.test(wanted)) return undefined;
  const url = URL.canParse(wanted, "http://shop.invalid") ? new URL(wanted, "http://shop.invalid") : undefined;
  // What begins with two slashes is a host to browsers, also where "." was between them.
  if (url?.origin !== "http://shop.invalid" || url.pathname.startsWith("//") || elsewhere.test(url.pathname))
    return undefined;
  return url.pathname + url.search + url.hash;
}
