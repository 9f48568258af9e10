import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { goPrograms } from "../../dev/programs/catalogue.ts";
import { buildGoProgram } from "../../dev/programs/golang.ts";
import type { Image } from "./cluster.ts";

const dockerfile = `FROM mongo:7
COPY ferretdb /usr/local/bin/patched-ferretdb
ENTRYPOINT ["/usr/local/bin/patched-ferretdb"]
CMD ["--listen-addr=0.0.0.0:27017", "--sqlite-url=file:/data/db/"]
`;

/**
 * Builds the database of the cluster's tests on the kit's own: FerretDB with the patch that the local stack runs it with.
 * As released, each update of a command keeps a connection to SQLite until the command's end, so that a dozen commands of
 * eight updates at once wait for each other for ever, and with them everybody who asks after them.
 */
export async function buildPatchedMongo(build: (image: Image) => Promise<void>): Promise<void> {
  const recipe = goPrograms.find(({ name }) => name === "ferretdb");
  if (recipe === undefined) throw new Error("no recipe for ferretdb");
  const context = await mkdtemp(join(tmpdir(), "gorder-mongodb-"));
  try {
    await copyFile(await buildGoProgram(recipe), join(context, "ferretdb"));
    await writeFile(join(context, "Dockerfile"), dockerfile);
    await build({ tag: "gorder/mongodb:test", context, args: {} });
  } finally {
    await rm(context, { recursive: true });
  }
}
