import { variablesHere } from "../command/here.ts";

/** The stack of this checkout, else whatever answers as Gorder at the default address. */
export async function findRunning(): Promise<string | undefined> {
  const here = variablesHere(process.env)?.GORDER_URL;
  if (here) return here;
  const url = `http://localhost:${process.env.PORT || 8080}`;
  return (await isGorder(url, 1_000)) ? url : undefined;
}

/** @throws Error, in a sentence for who named the address, when Gorder does not answer there. */
export async function demandGorder(url: string): Promise<void> {
  if (!(await isGorder(url, 10_000)))
    throw new Error(`Gorder does not answer at ${url}: start it with "npm start", or name another address`);
}

async function isGorder(url: string, patienceMs: number): Promise<boolean> {
  try {
    const answer = await fetch(new URL("/openapi.json", url), { signal: AbortSignal.timeout(patienceMs) });
    const { info } = (await answer.json()) as { info?: { title?: string } };
    return info?.title === "Gorder";
  } catch {
    // Nothing listens there, or something else does.
    return false;
  }
}
