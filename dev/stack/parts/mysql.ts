import { existsSync, mkdirSync, rmSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import mysql from "mysql2/promise";
import { endOf, run } from "../../../ops/command/run.ts";
import { which } from "../../programs/onPath.ts";
import { writePrivate } from "../secrets.ts";
import type { Part } from "../supervised.ts";
import { type Context, folder } from "./context.ts";

const user = "gorder";

/** Who keeps what nobody may forget (`components/keepstore.yaml`), and the database that alone is theirs. */
export const keepUser = "keep";
/** The database that is theirs alone. */
export const keepDatabase = "keep";

/** The address of a database, with the password of the stack's user. */
export function mysqlUrl({ ports, secrets }: Pick<Context, "ports" | "secrets">, database = "gorder"): string {
  return `mysql://${user}:${secrets.mysqlPassword}@127.0.0.1:${ports.mysql}/${database}`;
}

/** Both servers refuse to run as root unless it is said aloud. */
function asUser(): readonly string[] {
  return process.getuid?.() === 0 ? [`--user=${userInfo().username}`] : [];
}

async function makeTables(program: string, data: string): Promise<void> {
  const installer = which("mariadb-install-db", "mysql_install_db");
  const isMaria = (await run(program, ["--version"])).output.includes("MariaDB");
  const { code, output } =
    isMaria && installer !== undefined
      ? await run(installer, [
          "--no-defaults",
          `--datadir=${data}`,
          "--auth-root-authentication-method=normal",
          "--skip-test-db",
          ...asUser(),
        ])
      : await run(program, ["--no-defaults", "--initialize-insecure", `--datadir=${data}`, ...asUser()]);
  if (code === 0) return;
  rmSync(data, { recursive: true, force: true });
  throw new Error(`mysql could not make its data folder:\n${endOf(output)}`);
}

/** The server of reservations: MariaDB or MySQL, whichever this machine has. */
export async function mysqld(context: Context): Promise<Part> {
  const { ports, secrets, programs } = context;
  const home = folder(context, "mysql");
  const data = join(home, "data");
  mkdirSync(home, { recursive: true });
  if (!existsSync(join(data, "mysql"))) await makeTables(programs.mysqld, data);
  const init = join(home, "init.sql");
  // Run at every start, so the account always has the password of the secrets file.
  writePrivate(
    init,
    [
      "CREATE DATABASE IF NOT EXISTS gorder;",
      `CREATE USER IF NOT EXISTS '${user}'@'127.0.0.1' IDENTIFIED BY '${secrets.mysqlPassword}';`,
      `ALTER USER '${user}'@'127.0.0.1' IDENTIFIED BY '${secrets.mysqlPassword}';`,
      `GRANT ALL ON *.* TO '${user}'@'127.0.0.1';`,
      `CREATE DATABASE IF NOT EXISTS ${keepDatabase};`,
      `CREATE USER IF NOT EXISTS '${keepUser}'@'127.0.0.1' IDENTIFIED BY '${secrets.keepPassword}';`,
      `ALTER USER '${keepUser}'@'127.0.0.1' IDENTIFIED BY '${secrets.keepPassword}';`,
      `GRANT ALL ON ${keepDatabase}.* TO '${keepUser}'@'127.0.0.1';`,
      `ALTER USER 'root'@'localhost' IDENTIFIED BY '${secrets.mysqlPassword}';`,
      "",
    ].join("\n"),
  );
  return {
    name: "mysql",
    command: programs.mysqld,
    args: [
      "--no-defaults",
      `--datadir=${data}`,
      // A relative path: a socket's full path may not be longer than 107 bytes.
      "--socket=mysql.sock",
      `--pid-file=${join(home, "pid")}`,
      "--bind-address=127.0.0.1",
      `--port=${ports.mysql}`,
      "--skip-name-resolve",
      "--character-set-server=utf8mb4",
      "--max-connections=300",
      "--innodb-buffer-pool-size=128M",
      `--init-file=${init}`,
      ...asUser(),
    ],
    cwd: home,
    ready: async () => {
      const connection = await mysql.createConnection(mysqlUrl(context));
      await connection.end();
      return undefined;
    },
    graceMs: 20_000,
  };
}
