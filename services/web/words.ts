import { ApiError, ConnectionError } from "./api/errors.ts";
import { words } from "./language/language.ts";
import type { Words } from "./order/words.ts";

/** An error as a hungry person wants to hear it, in the page's language: what happened, and what to do. */
export function explain(error: unknown): Words {
  const { codes, fields, offline, closed, unexpected, mention } = words.problems;
  if (error instanceof ConnectionError) return offline;
  if (error instanceof ApiError && error.code === "shop-closed") return { title: closed, text: error.message };
  if (error instanceof ApiError && Object.hasOwn(codes, error.code)) {
    const known = codes[error.code as keyof typeof codes];
    if (error.code !== "invalid-request") return known;
    const names = new Set(error.fields.map(({ field }) => field.split(/[.[]/).at(-1) ?? ""));
    const wrong = Object.entries(fields).flatMap(([name, text]) => (names.has(name) ? [text] : []));
    return { ...known, text: [known.text, ...wrong].join(" ") };
  }
  const trace = error instanceof ApiError && error.traceId ? ` ${mention(error.traceId)}` : "";
  return { ...unexpected, text: unexpected.text + trace };
}
