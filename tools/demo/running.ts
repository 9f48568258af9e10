import { root } from "../stack/parts/services.ts";
import { runningStack } from "../stack/state.ts";

/** The stack of this checkout, else whatever answers as Gorder at the default address. */
export async function findRunning(): Promise<string | undefined> {
  const stack = runningStack(process.env.GORDER_DATA ?? `${root}/.data`);
  if (stack) return stack.addresses.page;
  const url = `http://localhost:${process.env.PORT ?? 8080}`;
  try {
    const answer = await fetch(`${url}/openapi.json`, { signal: AbortSignal.timeout(1_000) });
    const { info } = (await answer.json()) as { info?: { title?: string } };
    return info?.title === "Gorder" ? url : undefined;
  } catch {
    // Nothing listens there, or something else does.
    return undefined;
  }
}
