import { createPool, type Pool, type PoolConnection, type ResultSetHeader, type RowDataPacket } from "mysql2/promise";
import { inDatabaseSpan } from "#common/conventions";
import { mysqlAddress } from "./address.ts";
import { isConnectionFailure } from "./failures.ts";
import { describeStatement } from "./statement.ts";

/** The longest that a statement may stay silent, in milliseconds; then its connection is closed. */
const statementTimeoutMs = 5_000;

/** What every connection starts with. */
const sessionSettings = [
  // Values are escaped with backslashes, which NO_BACKSLASH_ESCAPES would turn off. And our callers wait for two
  // seconds, so we give up on a lock before.
  "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', innodb_lock_wait_timeout = 1, time_zone = '+00:00'",
  "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
];

type Value = string | number | Date | null;
/** What a placeholder stands for: a value, a list of them for `IN (?)`, or rows of them for `VALUES ?`. */
export type Parameter = Value | readonly Value[] | readonly (readonly Value[])[];

/** A connection for as long as somebody uses it. */
export type Connection = Pick<PoolConnection, "query">;

/** A pool for an address as {@link mysqlAddress} reads it. Connections are made when they are needed. */
export function openPool(url: string, size: number): Pool {
  const pool = createPool({
    ...mysqlAddress(url),
    connectionLimit: size,
    queueLimit: 1_000,
    connectTimeout: 3_000,
    enableKeepAlive: true,
    multipleStatements: false,
    stringifyObjects: true,
    // MariaDB's JSON is text: so everywhere it is read as text.
    jsonStrings: true,
    charset: "utf8mb4",
    timezone: "Z",
  });
  // These run before the first statement of the borrower of the connection; when one fails, so does that statement.
  pool.pool.on("connection", (connection) => {
    for (const sql of sessionSettings) connection.query(sql, (error) => error && connection.destroy());
  });
  return pool;
}

/** Reads rows; `R` is what the statement selects. */
export async function select<R>(
  on: Connection,
  sql: string,
  parameters: readonly Parameter[] = [],
  timeout = statementTimeoutMs,
): Promise<R[]> {
  const query = () => on.query<RowDataPacket[]>({ sql, values: [...parameters], timeout });
  const [rows] = await inDatabaseSpan(() => describeStatement(sql), query);
  return rows as R[];
}

/** Runs a statement that changes something. @returns how many rows it matched. */
export async function run(
  on: Connection,
  sql: string,
  parameters: readonly Parameter[] = [],
  timeout = statementTimeoutMs,
): Promise<number> {
  const query = () => on.query<ResultSetHeader>({ sql, values: [...parameters], timeout });
  const [result] = await inDatabaseSpan(() => describeStatement(sql), query);
  return result.affectedRows;
}

/** Lends a connection of the pool. One that failed is closed, since nobody knows what is still under way on it. */
export async function withConnection<T>(pool: Pool, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await pool.getConnection();
  try {
    const result = await work(connection);
    connection.release();
    return result;
  } catch (error) {
    if (isConnectionFailure(error)) connection.destroy();
    else connection.release();
    throw error;
  }
}

/** Runs `work` in a transaction; when it throws, all of it is undone. */
export function transaction<T>(pool: Pool, work: (connection: Connection) => Promise<T>): Promise<T> {
  return withConnection(pool, async (connection) => {
    await run(connection, "START TRANSACTION");
    try {
      const result = await work(connection);
      await run(connection, "COMMIT");
      return result;
    } catch (error) {
      // Closing a failed connection undoes what is open on it.
      if (!isConnectionFailure(error)) await run(connection, "ROLLBACK");
      throw error;
    }
  });
}

/** What the server's clock says. */
export async function serverTime(pool: Pool): Promise<Date> {
  const [row] = await withConnection(pool, (connection) => select<{ time: Date }>(connection, "SELECT NOW(3) AS time"));
  if (!row) throw new Error("the stock database does not say what time it is");
  return row.time;
}

/** Asks whether the server answers. */
export async function ping(pool: Pool): Promise<void> {
  await withConnection(pool, (connection) => run(connection, "DO 1"));
}
