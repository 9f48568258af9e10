import type { EventBus, Locks, StateStore } from "./ports.ts";
import { daprApi } from "./sidecarApi.ts";
import { sidecarEvents } from "./sidecarEvents.ts";
import { sidecarLocks } from "./sidecarLocks.ts";
import { keepStore, sidecarState } from "./sidecarState.ts";

/** Where the own sidecar is and the token that its API demands. */
export type SidecarOptions = { grpcPort: number; apiToken: string; timeoutMs?: number };

/** What a service asks of its sidecar beside calling others: `state` may be emptied, `keep` forgets nothing. */
export type Sidecar = { events: EventBus; state: StateStore; keep: StateStore; locks: Locks };

/** The own sidecar. Every call may throw an AppError "unavailable", at the latest after `timeoutMs` (default 5,000). */
export function connectSidecar({ grpcPort, apiToken, timeoutMs = 5_000 }: SidecarOptions): Sidecar {
  const api = daprApi(grpcPort, apiToken, timeoutMs);
  return {
    events: sidecarEvents(api),
    state: sidecarState(api),
    keep: sidecarState(api, keepStore),
    locks: sidecarLocks(api),
  };
}
