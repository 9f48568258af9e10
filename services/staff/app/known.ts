import { isKind } from "#common/errors";

/** The answer of a service; `undefined` when it is unavailable, and then its name is added to `unavailable`. */
export async function known<T>(name: string, unavailable: string[], ask: Promise<T>): Promise<T | undefined> {
  try {
    return await ask;
  } catch (error) {
    if (!isKind(error, "unavailable")) throw error;
    unavailable.push(name);
    return undefined;
  }
}
