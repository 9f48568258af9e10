import { tmpdir } from "node:os";
import { join } from "node:path";
import { tryLock } from "../../dev/programs/lock.ts";
import { type Ports, portsFrom, portsInUse } from "../../dev/stack/ports.ts";

/** Where test runs put their stacks. Steps of 61, so that no port of one run is a port of another. */
export const testOffsets: readonly number[] = Array.from({ length: 12 }, (_, index) => 5000 + index * 61);

/** Ports that nothing listens on and that no other test run has taken; `release` gives them back. */
export async function takeTestPorts(): Promise<{ ports: Ports; release: () => void }> {
  for (const offset of testOffsets) {
    const release = tryLock(join(tmpdir(), `gorder-test-${offset}.lock`));
    if (release === undefined) continue;
    const ports = portsFrom({}, offset);
    if ((await portsInUse(ports)).length === 0) return { ports, release };
    release();
  }
  throw new Error(`no free ports for the tests' own stack (tried offsets ${testOffsets.join(", ")})`);
}
