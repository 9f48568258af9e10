import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "#common/logging";

/** What {@link endWithoutSidecar} needs to know. */
export type Admitted = {
  /** Of the sidecar's HTTP API. */
  port: number;
  /** How long it may take to come up, in milliseconds; and how often one looks. */
  patienceMs?: number;
  everyMs?: number;
  logger: Logger;
  end?: () => void;
};

/**
 * Ends the process when no sidecar came up beside it: Kubernetes made the pod while Dapr's injector was away, and nothing
 * that this process waits for will ever come. One that was there once may go and come back as it likes.
 */
export async function endWithoutSidecar({ port, logger, ...options }: Admitted): Promise<void> {
  const { patienceMs = 120_000, everyMs = 1_000, end = () => process.exit(1) } = options;
  const deadline = performance.now() + patienceMs;
  while (!(await listens(port))) {
    if (performance.now() >= deadline) {
      const reason =
        `no sidecar came up in ${patienceMs / 1_000} s. A pod that was made while Dapr's injector was away has none: ` +
        "delete it once the injector is back (kubectl -n dapr-system get pods)";
      logger.error("does not start", { reason });
      return end();
    }
    await wait(everyMs, undefined, { ref: false });
  }
}

/** Whether anybody takes connections there: a sidecar that says no is one. */
function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const tell = (there: boolean) => {
      socket.destroy();
      resolve(there);
    };
    socket.once("connect", () => tell(true)).once("error", () => tell(false));
  });
}
