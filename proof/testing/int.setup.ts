import type { TestProject } from "vitest/node";
import { joinStack, leaveStack } from "./shared.ts";

/** For tests that need the real servers, but none of our services. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const stack = await joinStack();
  project.provide("stack", stack.provided);
  return leaveStack;
}
