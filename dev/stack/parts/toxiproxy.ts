import { join } from "node:path";
import { ensurePrograms } from "../../programs/ensure.ts";
import { proxiedPorts } from "../ports.ts";
import { writePrivate } from "../secrets.ts";
import type { Part } from "../supervised.ts";
import { answers } from "../wait.ts";
import { type Context, folder, local } from "./context.ts";

/** Stands between the services and everything that they speak to; what it does to them is said over its HTTP API. */
export async function toxiproxy(context: Context): Promise<Part> {
  const { ports } = context;
  const { toxiproxy: command } = await ensurePrograms(["toxiproxy"]);
  const proxies = proxiedPorts.map((name) => ({
    name,
    listen: `127.0.0.1:${ports[`toxic-${name}`]}`,
    upstream: `127.0.0.1:${ports[name]}`,
    enabled: true,
  }));
  const config = join(folder(context, "toxiproxy"), "proxies.json");
  writePrivate(config, JSON.stringify(proxies));
  return {
    name: "toxiproxy",
    command,
    args: ["-host", "127.0.0.1", "-port", String(ports.toxiproxy), "-config", config],
    ready: answers(`${local(ports.toxiproxy)}/version`),
  };
}

/** The same stack as who goes through toxiproxy sees it. Nothing may listen on ports of this context. */
export function throughToxiproxy(context: Context): Context {
  const toxic = proxiedPorts.map((name) => [name, context.ports[`toxic-${name}`]]);
  return { ...context, ports: { ...context.ports, ...Object.fromEntries(toxic) } };
}
