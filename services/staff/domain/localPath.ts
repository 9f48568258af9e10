/** Where one lands when nothing else was asked for. */
export const home = "/staff/";

/** Going on to one of these, in whatever case, would sign somebody in or out once more. */
const doors = /^\/staff\/(login|callback|logout|enter)\b/i;

/**
 * The path of the staff's page that somebody wants to return to; {@link home} when nothing is asked for. Undefined for
 * whatever leads anywhere else, by whichever trick: another host, `//host`, backslashes, `..`, control characters.
 */
export function localPath(wanted: unknown): string | undefined {
  if (wanted === undefined) return home;
  if (typeof wanted !== "string" || !/^\/staff\/[\x21-\x5b\x5d-\x7e]*$/.test(wanted)) return undefined;
  const url = URL.canParse(wanted, "http://staff.invalid") ? new URL(wanted, "http://staff.invalid") : undefined;
  if (url?.origin !== "http://staff.invalid" || !url.pathname.startsWith(home) || doors.test(url.pathname))
    return undefined;
  return url.pathname + url.search + url.hash;
}
