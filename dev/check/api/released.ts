import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openApi } from "../../../services/order/ports/http/openapi.ts";
import { type ApiDocument, breakingApiChanges } from "./breaking.ts";

/** The API's description as it was last released; a release replaces it with what /openapi.json answers. */
export const releasedFile = join(import.meta.dirname, "openapi.json");

/** What breaks clients of the last release, a line each. */
export function brokenSinceRelease(): string[] {
  return breakingApiChanges(JSON.parse(readFileSync(releasedFile, "utf8")) as ApiDocument, openApi);
}
