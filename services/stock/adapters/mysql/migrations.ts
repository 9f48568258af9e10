import type { Pool } from "mysql2/promise";
import { type Connection, run, select, withConnection } from "./database.ts";
import { errnoOf, retry } from "./failures.ts";

/**
 * The schema's history, oldest first. Entries are only ever added. MySQL commits after every DDL statement, so each is
 * one statement that can run again, or is refused as done, when its entry in `migrations` was not written any more.
 * Replicas of the version before go on working meanwhile: what is added must not be in their way.
 */
const migrations = [
  `CREATE TABLE IF NOT EXISTS products (
    id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    position INT NOT NULL,
    name VARCHAR(200) NOT NULL,
    description VARCHAR(1000) NOT NULL,
    category VARCHAR(100) NOT NULL,
    emoji VARCHAR(32) NOT NULL,
    price_amount INT NOT NULL,
    price_currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    stripe_price_id VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    available INT NOT NULL,
    reserved INT NOT NULL DEFAULT 0,
    sold INT NOT NULL DEFAULT 0,
    CONSTRAINT price_not_negative CHECK (price_amount >= 0),
    CONSTRAINT available_not_negative CHECK (available >= 0),
    CONSTRAINT reserved_not_negative CHECK (reserved >= 0),
    CONSTRAINT sold_not_negative CHECK (sold >= 0)
  ) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4`,
  `CREATE TABLE IF NOT EXISTS reservations (
    order_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    status VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    \`lines\` JSON NOT NULL,
    expires_at DATETIME(3) NOT NULL,
    created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    CONSTRAINT status_known CHECK (status IN ('reserved', 'committed', 'released'))
  ) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4`,
  "ALTER TABLE reservations ADD INDEX due (status, expires_at)",
  // What a product began with: what its piles come to for ever, since units only move between them.
  "ALTER TABLE products ADD COLUMN initial INT NOT NULL DEFAULT (available + reserved + sold)",
  "UPDATE products SET initial = available + reserved + sold",
  `ALTER TABLE products
    ADD COLUMN hidden BOOLEAN NOT NULL DEFAULT FALSE,
    ADD COLUMN sold_out BOOLEAN NOT NULL DEFAULT FALSE,
    ADD COLUMN version INT NOT NULL DEFAULT 1`,
  `CREATE TABLE IF NOT EXISTS shop (
    id TINYINT NOT NULL PRIMARY KEY,
    closed BOOLEAN NOT NULL,
    sentence VARCHAR(300) NOT NULL
  ) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4`,
  "INSERT IGNORE INTO shop (id, closed, sentence) VALUES (1, FALSE, '')",
  // Who moved units between the menu and the world outside: with what a product began with they are its piles.
  `CREATE TABLE IF NOT EXISTS movements (
    id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    product_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    quantity INT NOT NULL,
    subject VARCHAR(200) NOT NULL,
    reason VARCHAR(500) NOT NULL,
    at DATETIME(3) NOT NULL,
    INDEX of_product (product_id, at, id)
  ) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4`,
  // Every act of staff, done or refused. Rows are only ever added.
  `CREATE TABLE IF NOT EXISTS acts (
    id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    subject VARCHAR(200) NOT NULL,
    name VARCHAR(200) NOT NULL,
    action VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    target VARCHAR(64) NOT NULL,
    before_fields TEXT NOT NULL,
    after_fields TEXT NOT NULL,
    reason VARCHAR(500) NOT NULL,
    at DATETIME(3) NOT NULL,
    trace_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    refusal TEXT NOT NULL,
    refusal_kind VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    content CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    answer TEXT NOT NULL,
    INDEX newest (at, id),
    INDEX of_target (target, at, id),
    INDEX of_subject (subject, at, id)
  ) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
  // Until when an overdue reservation is left to the replica that looks at it, or alone after it failed so often.
  `ALTER TABLE reservations
    ADD COLUMN claimed_until DATETIME(3) NULL,
    ADD COLUMN failures INT NOT NULL DEFAULT 0`,
  // NULL: nobody has said what it contains, which is something else than nothing.
  `ALTER TABLE products
    ADD COLUMN allergens VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NULL,
    ADD COLUMN image VARCHAR(500) NOT NULL DEFAULT ''`,
  // JSON, by language; NULL: in the menu's own words alone.
  "ALTER TABLE products ADD COLUMN translations MEDIUMTEXT NULL",
];

/** What the server says of a column (1060) or an index (1061) that is there already. */
const done = new Set([1060, 1061]);

/** How long a replica waits for another one's migrations, and how long one of them may take, in seconds. */
const limitSeconds = 60;

/** Brings the schema up to date. Replicas that start together wait for the first. */
export async function migrate(pool: Pool): Promise<void> {
  await retry(() => withConnection(pool, migrateAlone));
}

async function migrateAlone(connection: Connection): Promise<void> {
  const lock = "CONCAT(DATABASE(), '.schema')";
  const sql = `SELECT GET_LOCK(${lock}, ?) AS held`;
  const [answer] = await select<{ held: number }>(connection, sql, [limitSeconds], (limitSeconds + 1) * 1_000);
  if (answer?.held !== 1) throw new Error("another replica has been migrating the stock database for too long");
  try {
    await applyMissing(connection);
  } finally {
    await run(connection, `DO RELEASE_LOCK(${lock})`);
  }
}

async function applyMissing(connection: Connection): Promise<void> {
  await run(
    connection,
    `CREATE TABLE IF NOT EXISTS migrations (
      version INT NOT NULL PRIMARY KEY,
      applied_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)
    ) ENGINE = InnoDB`,
  );
  const applied = await select<{ version: number }>(connection, "SELECT version FROM migrations");
  const versions = new Set(applied.map(({ version }) => version));
  for (const [index, statement] of migrations.entries()) {
    if (versions.has(index + 1)) continue;
    await run(connection, statement, [], limitSeconds * 1_000).catch((error) => {
      if (!done.has(errnoOf(error))) throw error;
    });
    await run(connection, "INSERT INTO migrations (version) VALUES (?)", [index + 1]);
  }
}
