/**
 * A note for an operator who named a menu: which of its dishes stock did not take, as they were there already. Nothing when
 * it took all of them.
 * @param log what stock wrote, a JSON line each; the last word counts.
 */
export function menuNotice(log: string): string | undefined {
  const line = log.split("\n").findLast((text) => text.includes('"the menu was read'));
  const { added, ignored } = JSON.parse(line ?? "{}") as { added?: number; ignored?: string };
  if (ignored === undefined) return undefined;
  const names = ignored.split(",").join(", ");
  return `MENU_FILE: new are ${added} dishes; there already, and left as they are (the owner changes them): ${names}`;
}
