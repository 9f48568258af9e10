/** A word of the payment provider as people write: "needs_response" is "needs response". */
export function plainly(word: string): string {
  return word.replaceAll("_", " ");
}
