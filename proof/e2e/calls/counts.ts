import { readdirSync, readFileSync } from "node:fs";
import { createConnection as connect } from "node:net";
import { join } from "node:path";
import { createConnection } from "mysql2/promise";
import { type App, apps } from "../../../dev/services.ts";
import { mysqlUrl } from "../../../dev/stack/parts/mysql.ts";
import type { Stack } from "../../../dev/stack/stack.ts";

/** How often something happened, by name. */
export type Counts = Readonly<Record<string, number>>;

/** What happens whether anybody orders or not. */
const background =
  /healthz|readyz|^HEAD \/$|\/dapr\/|\/v1\/(agent|health|catalog)|\/api\/v2\/spans|\/metrics|\/api\/session/;

/**
 * What has happened so far on the stack, by "kind: name": "sidecars" are messages between services and their own
 * sidecars, either way; "MongoDB" commands; "SQL" transactions; "Redis" commands, also those in its scripts; "HTTP"
 * requests between other processes, such as services and the payment provider; "guests and others" are who asks services.
 */
export async function countsOf(stack: Stack, folder: string): Promise<Counts> {
  const counts: Record<string, number> = {};
  const add = (kind: string, name: string, times = 1) => {
    if (!background.test(name)) counts[`${kind}: ${name}`] = (counts[`${kind}: ${name}`] ?? 0) + times;
  };
  for (const line of messages(folder)) add(...kindOf(stack, line));
  for (const command of mongoCommands(stack)) add("MongoDB", command);
  for (const [name, times] of await sqlCounts(stack)) add("SQL", name, times);
  for (const [name, times] of await redisCounts(stack)) add("Redis", name, times);
  return counts;
}

/** What happened in between. */
export function difference(after: Counts, before: Counts): Counts {
  const changed = Object.entries(after).map(([name, times]) => [name, times - (before[name] ?? 0)] as const);
  return Object.fromEntries(changed.filter(([, times]) => times > 0));
}

/** How often things of this kind happened. */
export function sumOf(counts: Counts, kind: string): number {
  return Object.entries(counts).reduce((sum, [name, times]) => sum + (name.startsWith(`${kind}: `) ? times : 0), 0);
}

/** The lines of `hook.mjs`, of every process. */
function messages(folder: string): string[] {
  return readdirSync(folder).flatMap((file) => readFileSync(join(folder, file), "utf8").split("\n").slice(0, -1));
}

function kindOf({ context: { ports } }: Stack, line: string): [kind: string, name: string] {
  const [direction, whom = "", method = "", path = ""] = line.split(" ");
  const name = `${method} ${path.replace(/[0-9a-f-]{30,}|cs_\w+|pi_\w+|ord\w*-[\w-]+/g, "…").replace(/\?.*/, "?…")}`;
  if (direction === "in") return whom === "sidecar" ? ["sidecars", `from: ${name}`] : ["guests and others", name];
  const isSidecar = (app: App) => [ports[`${app}-dapr-http`], ports[`${app}-dapr-grpc`]].includes(Number(whom));
  return apps.some(isSidecar) ? ["sidecars", `to: ${name}`] : ["HTTP", name];
}

/** The driver says every command that it starts in the order service's log. */
function mongoCommands({ context }: Stack): string[] {
  const log = readFileSync(join(context.data, "log", "order.log"), "utf8");
  return [
    ...log.matchAll(
      /message: 'Command started'.*?commandName: '(\w+)'|commandName: '(\w+)'.*?message: 'Command started'/g,
    ),
  ]
    .map(([, one, other]) => one ?? other ?? "")
    .filter((name) => name !== "ping" && name !== "hello");
}

async function sqlCounts({ context }: Stack): Promise<[string, number][]> {
  const connection = await createConnection(mysqlUrl(context));
  const [rows] = await connection.query("SHOW GLOBAL STATUS WHERE Variable_name IN ('Com_commit', 'Com_rollback')");
  await connection.end();
  return (rows as { Variable_name: string; Value: string }[]).map((row) => [row.Variable_name, Number(row.Value)]);
}

async function redisCounts({ context: { ports, secrets } }: Stack): Promise<[string, number][]> {
  const text = await new Promise<string>((resolve, reject) => {
    const socket = connect({ port: ports.redis, host: "127.0.0.1" });
    let answer = "";
    socket.on("error", reject).on("data", (chunk) => {
      answer += chunk.toString();
    });
    socket.on("close", () => resolve(answer));
    socket.end(`AUTH ${secrets.redisPassword}\r\nINFO commandstats\r\nQUIT\r\n`);
  });
  const own = /^(auth|info|quit|ping|hello|client|config|select|command)/;
  const all = [...text.matchAll(/cmdstat_([\w|]+):calls=(\d+)/g)].map(
    ([, name = "", calls]) => [name, Number(calls)] as const,
  );
  return all.filter(([name]) => !own.test(name)).map(([name, calls]) => [name, calls]);
}
