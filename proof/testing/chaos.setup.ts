import { ensurePrograms } from "../../dev/programs/ensure.ts";
import { stackPrograms } from "../../dev/stack/parts/context.ts";

/** For tests that start stacks of their own: to build the servers takes longer than what starts them may. */
export default async function setup(): Promise<void> {
  await ensurePrograms([...stackPrograms, "toxiproxy", "k6", "chromium"]);
}
