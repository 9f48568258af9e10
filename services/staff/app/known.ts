import { isKind } from "#common/errors";

/** What is known where the others do not answer: `undefined` then, and the name goes to `unavailable`. */
export async function known<T>(name: string, unavailable: string[], ask: Promise<T>): Promise<T | undefined> {
  try {
    return await ask;
  } catch (error) {
    if (!isKind(error, "unavailable")) throw error;
    unavailable.push(name);
    return undefined;
  }
}
