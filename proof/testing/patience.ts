import { vi } from "vitest";

/** How long a condition is waited for, in milliseconds, by those who name no limit: as `expect.poll` by vitest.config.ts. */
const patienceMs = 20_000;

// Vitest's own second is one slow garbage collection, and it has no setting for these two.
const { waitFor, waitUntil } = vi;
vi.waitFor = (callback, options = {}) =>
  waitFor(callback, typeof options === "number" ? options : { timeout: patienceMs, ...options });
vi.waitUntil = (callback, options = {}) =>
  waitUntil(callback, typeof options === "number" ? options : { timeout: patienceMs, ...options });
