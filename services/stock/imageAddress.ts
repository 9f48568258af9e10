import { z } from "zod";

const message = 'must be an https URL, or a path on this host such as "/pictures/soup.webp"';

/** Where a dish's picture may be: at an https URL, or at a path on the page's own host. Empty: nowhere. */
export const imageAddress = z
  .string()
  .max(500)
  .refine((given) => given === "" || isPath(given) || isHttps(given), message);

/** Not "//host", which is another host's. */
function isPath(given: string): boolean {
  return /^\/(?![/\\])[\x21-\x7e]*$/.test(given);
}

function isHttps(given: string): boolean {
  return /^https:\/\/[\x21-\x7e]+$/.test(given) && URL.canParse(given) && new URL(given).username === "";
}
