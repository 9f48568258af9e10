import { ConnectError, type Interceptor } from "@connectrpc/connect";
import { tokenHeader } from "#common/http/appToken";
import type { Logger } from "#common/logging";

/** The sidecar to watch. */
export type WatchedSidecar = {
  httpPort: number;
  apiToken: string;
  /** Resolves when a sidecar that starts now would find its registry; else a new start would change nothing. */
  worthwhile: () => Promise<void>;
};

/** The shortest time between two restarts: a start takes seconds, and calls that fail meanwhile shall not repeat it. */
const pauseMs = 30_000;

/**
 * Ends the own sidecar when it says that it has no name resolver: it asks its registry once, when it starts, and if
 * that was away it never finds a service again, though it calls itself healthy. Its supervisor has to start it anew.
 */
export function restartWithoutResolver(sidecar: WatchedSidecar, logger: Logger): Interceptor {
  let notBefore = Number.NEGATIVE_INFINITY;

  async function restart(): Promise<void> {
    try {
      await sidecar.worthwhile();
      const response = await fetch(`http://127.0.0.1:${sidecar.httpPort}/v1.0/shutdown`, {
        method: "POST",
        headers: { [tokenHeader]: sidecar.apiToken },
        signal: AbortSignal.timeout(2_000),
      });
      await response.arrayBuffer();
      logger.warn("the sidecar has no name resolver and was told to end", { status: response.status });
    } catch (error) {
      notBefore = Number.NEGATIVE_INFINITY;
      logger.warn("the sidecar has no name resolver", { reason: String(error) });
    }
  }

  return (next) => async (request) => {
    try {
      return await next(request);
    } catch (error) {
      if (hasNoResolver(error) && performance.now() >= notBefore) {
        notBefore = performance.now() + pauseMs;
        void restart();
      }
      throw error;
    }
  };
}

function hasNoResolver(error: unknown): boolean {
  return ConnectError.from(error).rawMessage.endsWith("name resolver not initialized");
}
