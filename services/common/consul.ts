import type { Logger } from "#common/logging";

/** What a service tells Consul of itself. */
export type Registration = {
  consulUrl: string;
  appId: string;
  /** Where the sidecars of others reach this service's sidecar. */
  address: string;
  sidecarPort: number;
  /** The service's own port: shown in Consul, and what makes a replica's id unique. */
  port: number;
};

/** A kept registration. */
export type Registered = {
  /** Rejects while Consul does not know the service. */
  check(): Promise<void>;
  deregister(): Promise<void>;
};

const beatMs = 2_000;
const timeoutMs = 2_000;

/**
 * Registers the service by itself, with a check that the service beats: Dapr's own registration happens once and is
 * never repeated, so a Consul that comes back empty would never find the service again. A beat that is refused
 * registers anew.
 */
export function register(registration: Registration, logger: Logger): Registered {
  const { consulUrl, appId, address, sidecarPort, port } = registration;
  const id = `${appId}-${address}-${port}`;
  const definition = {
    ID: id,
    Name: appId,
    Address: address,
    Port: port,
    // The key that Dapr's resolver reads the sidecar's internal port from.
    Meta: { DAPR_PORT: String(sidecarPort) },
    Check: { CheckID: `beat-${id}`, TTL: "6s", Status: "passing", DeregisterCriticalServiceAfter: "1m" },
  };
  let known: boolean | undefined;
  let ended = false;
  let timer: NodeJS.Timeout | undefined;

  const put = async (path: string, body?: unknown) => {
    const response = await fetch(`${consulUrl}/v1/agent/${path}`, {
      method: "PUT",
      signal: AbortSignal.timeout(timeoutMs),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    await response.arrayBuffer();
    return response.ok;
  };
  const beat = async () => {
    const wasKnown = known;
    try {
      known = (await put(`check/pass/beat-${id}`)) || (await put("service/register", definition));
    } catch {
      known = false;
    }
    if (known !== wasKnown)
      logger[known ? "info" : "warn"](known ? "registered in Consul" : "Consul does not answer", { id });
  };
  const keep = async (): Promise<void> => {
    await beat();
    if (!ended) timer = setTimeout(next, beatMs);
  };
  let beating = keep();
  const next = () => {
    beating = keep();
  };

  return {
    async check() {
      if (!known) throw new Error("not registered in Consul");
    },
    async deregister() {
      ended = true;
      clearTimeout(timer);
      // A beat under way could register the service again.
      await beating;
      await put(`service/deregister/${id}`).catch((error) =>
        logger.warn("could not deregister", { id, reason: String(error) }),
      );
    },
  };
}
