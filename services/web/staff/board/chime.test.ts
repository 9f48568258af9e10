import { expect, test } from "vitest";
import { memoryStorage } from "../../testing.ts";
import { createChime } from "./chime.ts";

test("a kitchen is silent until somebody wants a sound, and then on this device", () => {
  const storage = memoryStorage();
  let opened = 0;
  const open = (): AudioContext => {
    opened += 1;
    throw new Error("no loudspeaker");
  };
  const chime = createChime(storage, open);
  chime.ring();
  expect(opened).toBe(0);
  chime.set(true);
  expect(opened).toBe(1);
  expect(createChime(storage, open).on.get()).toBe(true);
  chime.set(false);
  expect(createChime(storage, open).on.get()).toBe(false);
});
