import { settings } from "./settings.ts";

const known: ReadonlySet<string> = new Set(Object.values(settings).flatMap(({ shape }) => Object.keys(shape)));

/** How many letters have to be put in, left out or changed to make one word of the other. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (const letter of one) {
    const [first = 0] = row;
    const next = [first + 1];
    for (let column = 1; column < row.length; column++) {
      const [before = 0, above = 0] = row.slice(column - 1, column + 1);
      next.push(Math.min(before + (letter === other[column - 1] ? 0 : 1), above + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** Shorter names are too near to what others call theirs. */
const shortest = 8;

/**
 * A note about variables that are one or two letters away from a setting, and so are likely to be meant for it: nobody reads
 * them. Nothing when there are none. @param wanted the settings that are read.
 */
export function misspeltNotice(env: NodeJS.ProcessEnv, wanted: readonly string[]): string | undefined {
  const names = wanted.filter((name) => name.length >= shortest && env[name] === undefined);
  const strange = Object.keys(env).filter((name) => !known.has(name) && !wanted.includes(name));
  const lines = strange.flatMap((name) => {
    const meant = names.find((setting) => Math.abs(setting.length - name.length) <= 2 && distance(name, setting) <= 2);
    return meant === undefined ? [] : [`${name} is no setting and was not heeded: is ${meant} meant?`];
  });
  return lines.length === 0 ? undefined : lines.join("\n");
}
