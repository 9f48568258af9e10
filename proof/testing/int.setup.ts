import type { TestProject } from "vitest/node";
import { ensurePrograms } from "../../dev/programs/ensure.ts";
import { joinStack, leaveStack } from "./shared.ts";

/** For tests that need the real servers, but none of our services. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // To build them takes longer than a test may.
  await ensurePrograms(["helm", "starlark", "actionlint", "compose-go", "promtool"]);
  const stack = await joinStack();
  project.provide("stack", stack.provided);
  return leaveStack;
}
