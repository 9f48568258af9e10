import { readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensurePrograms } from "../../dev/programs/ensure.ts";
import { Fleet } from "../../dev/stack/fleet.ts";
import { consul } from "../../dev/stack/parts/consul.ts";
import { type Context, stackPrograms } from "../../dev/stack/parts/context.ts";
import { daprd } from "../../dev/stack/parts/daprd.ts";
import { loadSecrets } from "../../dev/stack/secrets.ts";
import type { Part } from "../../dev/stack/supervised.ts";
import { takeTestPorts } from "./offsets.ts";
import type { ProvidedStack } from "./provided.ts";

/** Servers of one test file, which it may kill: beside the run's own stack, on ports of their own. */
export type OwnServers = {
  readonly ports: Context["ports"];
  readonly fleet: Fleet;
  /** The sidecars' configuration, with the Consul of this test file instead of the stack's. */
  configuration(): string;
  /** A sidecar of the tests' app that reads the stack's components and calls the app on this port. */
  sidecar(appPort?: number, configuration?: string): Part;
  consul(): Part;
  end(): Promise<void>;
};

/** Ports and a fleet for servers that a test starts and breaks itself. `end` kills them and gives the ports back. */
export async function ownServers(stack: ProvidedStack): Promise<OwnServers> {
  const programs = await ensurePrograms(stackPrograms);
  const { ports, release } = await takeTestPorts();
  const logs = await mkdtemp(join(tmpdir(), "gorder-own-"));
  const context: Context = {
    data: stack.dataFolder,
    ports,
    programs,
    secrets: loadSecrets(join(stack.dataFolder, "secrets.json")),
  };
  const fleet = new Fleet(
    logs,
    () => {},
    () => {},
  );
  return {
    ports,
    fleet,
    consul: () => consul(context),
    configuration() {
      const text = readFileSync(join(stack.dataFolder, "dapr", "configuration.yaml"), "utf8");
      const file = join(logs, "configuration.yaml");
      writeFileSync(file, text.replace(new URL(stack.consulUrl).host, `127.0.0.1:${ports.consul}`));
      return file;
    },
    sidecar(appPort, configuration) {
      const part = daprd(context, "testapp", appPort);
      return configuration ? { ...part, args: [...part.args, `--config=${configuration}`] } : part;
    },
    async end() {
      await fleet.killAll();
      await fleet.stop();
      await rm(logs, { recursive: true, force: true });
      release();
    },
  };
}
