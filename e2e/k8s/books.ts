import { expect, inject } from "vitest";
import { run } from "../../tools/programs/run.ts";
import { root } from "../../tools/stack/parts/services.ts";

/** Compares all orders, units and money, once everything has come to its end: `npm run ledger`. */
export async function demandClosedBooks(): Promise<void> {
  const { mysqlUrl, mongodbUrl, standinUrl, stripeSecretKey } = inject("stack");
  const { code, output } = await run(process.execPath, ["--import", "tsx", "tools/ledger.ts", "--wait", "240"], {
    cwd: root,
    env: {
      MYSQL_URL: mysqlUrl,
      MONGODB_URL: mongodbUrl,
      STRIPE_API_URL: standinUrl,
      STRIPE_SECRET_KEY: stripeSecretKey,
    },
  });
  expect(code, output).toBe(0);
}
