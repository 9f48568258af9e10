import { mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { MongoClient } from "mongodb";
import type { Part } from "../supervised.ts";
import { type Context, folder } from "./context.ts";

/** FerretDB knows no retryable writes; a real mongod does not mind. */
export function mongodbUrl({ ports }: Pick<Context, "ports">): string {
  return `mongodb://127.0.0.1:${ports.mongodb}/?retryWrites=false`;
}

/** A real mongod where the machine has one, else FerretDB: the same protocol. */
export function mongodb(context: Context): Part {
  const { ports, programs } = context;
  const isMongod = basename(programs.ferretdb) === "mongod";
  // The two keep different files, so each has its own folder.
  const data = join(folder(context, "mongodb"), isMongod ? "mongod" : "ferretdb");
  mkdirSync(data, { recursive: true });
  const args = isMongod
    ? ["--dbpath", data, "--bind_ip", "127.0.0.1", "--port", String(ports.mongodb), "--nounixsocket"]
    : [
        `--listen-addr=127.0.0.1:${ports.mongodb}`,
        "--handler=sqlite",
        `--sqlite-url=file:${data}/`,
        "--telemetry=disable",
        "--debug-addr=-",
        "--state-dir=-",
      ];
  return {
    name: "mongodb",
    command: programs.ferretdb,
    args,
    // FerretDB makes much garbage for little data: collected less often, a write costs a quarter less for 12 MB.
    env: { GOGC: "400" },
    ready: async () => {
      const client = new MongoClient(mongodbUrl(context), { serverSelectionTimeoutMS: 1000 });
      try {
        await client.db("admin").command({ ping: 1 });
        return undefined;
      } finally {
        await client.close();
      }
    },
  };
}
