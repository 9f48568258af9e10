/** A text as the menu takes it: where it was broken into lines, there is a space. */
export function oneLine(typed: string): string {
  return typed.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ");
}
