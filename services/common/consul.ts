import type { Logger } from "#common/logging";

/** What a service tells Consul of itself. */
export type Registration = {
  consulUrl: string;
  /** The ACL token, asked for with every request: a rotated one counts from the next beat on. None: the anonymous one. */
  token?: (() => Promise<string>) | undefined;
  appId: string;
  /** Where the sidecars of others reach this service's sidecar. */
  address: string;
  sidecarPort: number;
  /** The service's own port: shown in Consul, and what makes a replica's id unique. */
  port: number;
};

/** A service's entry in Consul, which is renewed until it ends. */
export type Registered = {
  /**
   * Rejects until Consul has known the service once. While it is away later nobody is better off when every replica
   * turns guests and webhooks down: what needs other services fails alone.
   */
  check(): Promise<void>;
  /** Rejects while Consul does not know the service. */
  knownNow(): Promise<void>;
  deregister(): Promise<void>;
};

const beatMs = 2_000;
const timeoutMs = 2_000;
const registered = "registered in Consul";

/**
 * Registers the service by itself, with a check that the service beats: Dapr's own registration happens once and is
 * never repeated, so a Consul that comes back empty would never find the service again. A beat that is refused
 * registers anew.
 */
export function register(registration: Registration, logger: Logger): Registered {
  const { consulUrl, token, appId, address, sidecarPort, port } = registration;
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
  let state: string | undefined;
  let wasKnown = false;
  let ended = false;
  let timer: NodeJS.Timeout | undefined;

  const put = async (path: string, body?: unknown) => {
    const response = await fetch(`${consulUrl}/v1/agent/${path}`, {
      method: "PUT",
      signal: AbortSignal.timeout(timeoutMs),
      ...(token && { headers: { "X-Consul-Token": await token() } }),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    await response.arrayBuffer();
    return response.status;
  };
  /** What came of a beat, in words: registered, or why not. */
  const outcome = async (): Promise<string> => {
    try {
      if ((await put(`check/pass/beat-${encodeURIComponent(id)}`)) === 200) return registered;
      const status = await put("service/register", definition);
      if (status === 200) return registered;
      if (status !== 403) return `Consul refuses the registration (${status})`;
      return `Consul refuses ${token ? "the token" : "us without a token"} (403): it needs service:write for ${appId}`;
    } catch (error) {
      // Only a file that cannot be read fails by a system call of its own.
      return error instanceof Error && "syscall" in error
        ? `Consul's token: ${error.message}`
        : "Consul does not answer";
    }
  };
  const beat = async () => {
    const before = state;
    state = await outcome();
    wasKnown ||= state === registered;
    if (state !== before) logger[state === registered ? "info" : "warn"](state, { id });
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
      if (!wasKnown) throw new Error(state ?? "not registered in Consul yet");
    },
    async knownNow() {
      if (state !== registered) throw new Error(state ?? "not registered in Consul yet");
    },
    async deregister() {
      ended = true;
      clearTimeout(timer);
      // A beat under way could register the service again.
      await beating;
      await put(`service/deregister/${encodeURIComponent(id)}`).catch((error) =>
        logger.warn("could not deregister", { id, reason: String(error) }),
      );
    },
  };
}
