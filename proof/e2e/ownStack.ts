import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "../../dev/build/build.ts";
import { local } from "../../dev/stack/parts/context.ts";
import { mongodbUrl } from "../../dev/stack/parts/mongodb.ts";
import { mysqlUrl } from "../../dev/stack/parts/mysql.ts";
import { instancesOf } from "../../dev/stack/ports.ts";
import { startStack } from "../../dev/stack/stack.ts";
import { say } from "../../ops/command/say.ts";
import { openBooks } from "../../ops/ledger/read.ts";
import { takeTestPorts } from "../testing/offsets.ts";

/** A stack of a file's own, whose kitchen or whose lives are not those of the other tests'. */
export type OwnStack = Awaited<ReturnType<typeof startOwnStack>>;

/** Starts it on free ports, two of each service, with data that go when it ends. @param env of every service. */
export async function startOwnStack(env: Readonly<Record<string, string>>, replicas = 2) {
  await build();
  const { ports, release } = await takeTestPorts();
  const data = await mkdtemp(join(tmpdir(), "gorder-own-"));
  const clean = async () => {
    await rm(data, { recursive: true, force: true });
    release();
  };
  try {
    const tell = (line: string) => say(`    ${line}`);
    const stack = await startStack({ data, ports, replicas, direct: false, traceSampleRatio: 0, env, tell });
    await stack.startServices();
    const books = openBooks({
      mysqlUrl: mysqlUrl(stack.context),
      mongodbUrl: mongodbUrl(stack.context),
      provider: { secretKey: stack.context.secrets.stripeSecretKey, apiUrl: local(ports.standin) },
    });
    return {
      stack,
      books,
      orderUrl: local(ports.order),
      staffUrl: local(ports.staff),
      /** Of every replica of the staff service. */
      staffUrls: instancesOf("staff", replicas).map((name) => local(ports[name])),
      async end() {
        await books.close();
        await stack.killAll();
        await stack.stop();
        await clean();
      },
    };
  } catch (error) {
    await clean();
    throw error;
  }
}
