/** Who did something, in words: "staff:anna" is "anna"; the reader's own subject is "you". */
export function actorWords(by: string, me: string): string {
  if (by === `staff:${me}`) return "you";
  if (by.startsWith("staff:")) return by.slice("staff:".length);
  return by || "nobody";
}
