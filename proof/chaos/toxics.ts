import type { Proxied } from "../../dev/stack/ports.ts";

/** What can be done to a connection: all of them are undone by `heal`. */
export type Toxics = {
  /** Nobody can connect, and who is connected is cut off. */
  cut(name: Proxied): Promise<void>;
  /** Every answer comes this much later. */
  slow(name: Proxied, ms: number): Promise<void>;
  /** What is asked arrives; no answer comes back, and nothing says that the connection is dead. */
  halfOpen(name: Proxied): Promise<void>;
  /** Who hangs up is held on the line this long. */
  slowClose(name: Proxied, ms: number): Promise<void>;
  heal(name: Proxied): Promise<void>;
};

/** A client of toxiproxy's HTTP API. Every call rejects unless toxiproxy did what was asked. */
export function toxicsOf(url: string): Toxics {
  const ask = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${url}/proxies/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`toxiproxy answered ${response.status} to ${method} ${path}: ${text}`);
    return text;
  };
  const add = async (name: Proxied, type: string, attributes: object) =>
    void (await ask("POST", `${name}/toxics`, { name: type, type, stream: "downstream", attributes }));
  return {
    cut: async (name) => void (await ask("POST", name, { enabled: false })),
    slow: (name, ms) => add(name, "latency", { latency: ms, jitter: Math.round(ms / 4) }),
    halfOpen: (name) => add(name, "timeout", { timeout: 0 }),
    slowClose: (name, ms) => add(name, "slow_close", { delay: ms }),
    async heal(name) {
      const { toxics } = JSON.parse(await ask("GET", name)) as { toxics: { name: string }[] };
      for (const toxic of toxics) await ask("DELETE", `${name}/toxics/${toxic.name}`);
      await ask("POST", name, { enabled: true });
    },
  };
}
