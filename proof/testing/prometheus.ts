import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { ensurePrograms } from "../../dev/programs/ensure.ts";
import { Fleet } from "../../dev/stack/fleet.ts";
import { local } from "../../dev/stack/parts/context.ts";
import { prometheus, type Target } from "../../dev/stack/parts/prometheus.ts";

/** A real Prometheus with the chart's rules that reads these; it ends with the test. @returns its address. */
export async function startPrometheus(port: number, targets: readonly Target[]): Promise<string> {
  const { prometheus: program } = await ensurePrograms(["prometheus"]);
  const home = await mkdtemp(join(tmpdir(), "gorder-prometheus-"));
  const fleet = new Fleet(
    home,
    () => {},
    () => {},
  );
  onTestFinished(async () => {
    await fleet.stop();
    await rm(home, { recursive: true, force: true });
  });
  await fleet.start("servers", prometheus({ program, home, port, targets }));
  return local(port);
}
