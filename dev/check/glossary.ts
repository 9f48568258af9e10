import { basename } from "node:path";
import type { Module } from "./architecture.ts";

/** What a thing is called here, and what it is not. */
export type Word = { readonly word: string; readonly never: readonly string[] };

/** The rows of the table under "Words". */
export function glossary(page: string): Word[] {
  const [, section = ""] = page.split(/^## Words$/m);
  const [table = ""] = section.split(/^## /m);
  return [...table.matchAll(/^\| ([a-z][a-z -]*) \| [^|]+ \| ([^|]*) \|$/gm)]
    .filter(([, word]) => word !== "word")
    .map(([, word = "", never = ""]) => ({ word, never: never.split(", ").filter((name) => name.trim() !== "") }));
}

/** The names in a source, in small words: "outboxSweepers" is "outbox sweepers". Comments and texts are none. */
export function namesIn({ path, source }: Module): string[] {
  const code = source
    .replaceAll(/\/\*[\s\S]*?\*\//g, "")
    .replaceAll(/\/\/.*$/gm, "")
    .replaceAll(/"[^"\n]*"|'[^'\n]*'|`(?:\\.|[^`\\])*`/g, '""');
  const names = [...code.matchAll(/[A-Za-z_$][\w$]*/g)].map(([name]) => name);
  return [basename(path), ...names].map((name) =>
    name
      .replaceAll(/(?<=[a-z0-9])(?=[A-Z])|[_.]/g, " ")
      .trim()
      .toLowerCase(),
  );
}

/** A word that no name says, or "settle outside stock": none but those of one service. */
function forbidden(never: string): { readonly pattern: RegExp; readonly home: string | undefined } {
  const [name = "", service] = never.split(" outside ");
  return { pattern: new RegExp(`\\b${name}s?\\b`), home: service && `services/${service}/` };
}

/** Every name that calls a thing what it is not called here, once a file. */
export function wrongNames(words: readonly Word[], modules: readonly Module[]): string[] {
  const all = words.flatMap(({ word, never }) => never.map((name) => ({ word, ...forbidden(name) })));
  return modules.flatMap((module) =>
    [...new Set(namesIn(module))].flatMap((name) =>
      all
        .filter(({ pattern, home }) => pattern.test(name) && !(home && module.path.startsWith(home)))
        .map(({ word }) => `${module.path}: "${name}" is called ${word}`),
    ),
  );
}
