import type { Part } from "../supervised.ts";
import { get } from "../wait.ts";
import { type Context, local } from "./context.ts";

/**
 * One server in memory: what it knows is who is running, and the running say so again within seconds.
 * Stale entries of an earlier run would only send calls to nowhere.
 */
export function consul({ ports, programs }: Context): Part {
  const listeners = {
    http: ports.consul,
    server: ports["consul-server"],
    serf_lan: ports["consul-serf"],
    serf_wan: -1,
    dns: -1,
    grpc: -1,
    grpc_tls: -1,
  };
  const list = Object.entries(listeners).map(([name, port]) => `${name} = ${port}`);
  return {
    name: "consul",
    command: programs.consul,
    args: [
      "agent",
      "-dev",
      "-bind=127.0.0.1",
      "-client=127.0.0.1",
      "-node=gorder",
      "-disable-host-node-id",
      "-log-level=warn",
      "-hcl",
      `ports { ${list.join(", ")} }`,
      "-hcl",
      "disable_update_check = true",
    ],
    ready: async () => {
      const { status, text } = await get(`${local(ports.consul)}/v1/status/leader`);
      return status === 200 && text.length > 2 ? undefined : `no leader: ${text}`;
    },
  };
}
