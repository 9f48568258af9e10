import { mkdirSync } from "node:fs";
import { createConnection } from "node:net";
import { join } from "node:path";
import { writePrivate } from "../secrets.ts";
import type { Part } from "../supervised.ts";
import { type Context, folder } from "./context.ts";

function ping(port: number, password: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: "127.0.0.1", timeout: 1000 });
    let answer = "";
    const done = (lacking: string | undefined) => {
      socket.destroy();
      resolve(lacking);
    };
    socket.once("error", (error) => done(String(error)));
    socket.once("timeout", () => done("no answer"));
    socket.once("connect", () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    socket.on("data", (chunk) => {
      answer += chunk.toString("utf8");
      if (answer.includes("+PONG")) done(undefined);
      else if (answer.includes("-")) done(answer.trim());
    });
  });
}

/** State and locks, on disk by its append-only file. */
export function redis(context: Context): Part {
  const { ports, secrets, programs } = context;
  const home = folder(context, "redis");
  mkdirSync(home, { recursive: true });
  const config = join(home, "redis.conf");
  writePrivate(
    config,
    [
      "bind 127.0.0.1",
      `port ${ports.redis}`,
      `requirepass ${secrets.redisPassword}`,
      "appendonly yes",
      "appendfsync everysec",
      'save ""',
      "",
    ].join("\n"),
  );
  return {
    name: "redis",
    command: programs["redis-server"],
    args: [config, "--dir", home],
    ready: () => ping(ports.redis, secrets.redisPassword),
  };
}
