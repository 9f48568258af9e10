import type { TestProject } from "vitest/node";
import { joinStack, leaveStack } from "./shared.ts";

/** For tests of the whole system: servers, sidecars, services and the payment stand-in. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const stack = await joinStack();
  try {
    await stack.startServices();
  } catch (error) {
    await leaveStack();
    throw error;
  }
  project.provide("stack", stack.provided);
  return leaveStack;
}
