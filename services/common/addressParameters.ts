/** Names as parameters have them: anything else may be a piece of a password that was not escaped, and is not shown. */
const plain = /^[A-Za-z][\w-]{0,40}$/;

/** What else is wrong with an address that a driver would take. */
export const noFragment = 'takes no "#": nothing from there on would be heeded (in a password it is %23)';

/**
 * The parameters of a server's address, by what they mean.
 * @param meaningOf what a parameter of this name means, in any of its spellings; undefined for what nobody heeds.
 * @throws Error that names what is not heeded, or stands twice: what is ignored could be what protects.
 */
export function parametersOf(
  { searchParams, hash }: URL,
  meaningOf: (name: string) => string | undefined,
): ReadonlyMap<string, string> {
  if (hash !== "") throw new Error(noFragment);
  const given = new Map<string, string>();
  for (const [name, value] of searchParams) {
    const meaning = meaningOf(name);
    if (meaning === undefined)
      throw new Error(`the parameter ${plain.test(name) ? `"${name}"` : "after ?"} is not understood`);
    if (given.has(meaning)) throw new Error(`${name} is given twice`);
    given.set(meaning, value);
  }
  return given;
}
