import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { ensurePrograms } from "../../dev/programs/ensure.ts";
import { Fleet } from "../../dev/stack/fleet.ts";
import { mongodb, mongodbUrl } from "../../dev/stack/parts/mongodb.ts";
import { takeTestPorts } from "../testing/offsets.ts";

/**
 * Works with a FerretDB of its own, which is gone afterwards. @param work gets a client, and the server's process id.
 * @param build the binary of another build than the stack's.
 */
export async function withMongo(work: (client: MongoClient, pid: number) => Promise<void>, build?: string) {
  const { ferretdb } = await ensurePrograms(["ferretdb"]);
  const { ports, release } = await takeTestPorts();
  const data = await mkdtemp(join(tmpdir(), "gorder-mongo-"));
  const programs = { ferretdb: build ?? ferretdb };
  const context = { data, ports, programs } as unknown as Parameters<typeof mongodb>[0];
  const nothing = (): void => {};
  const fleet = new Fleet(data, nothing, nothing);
  const client = new MongoClient(mongodbUrl(context));
  try {
    await fleet.start("servers", mongodb(context));
    await work(client, fleet.pids.mongodb ?? 0);
  } finally {
    await client.close();
    await fleet.killAll();
    await fleet.stop();
    await rm(data, { recursive: true, force: true });
    release();
  }
}
