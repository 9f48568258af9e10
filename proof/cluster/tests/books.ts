import { expect, inject } from "vitest";
import { root } from "../../../dev/stack/parts/services.ts";
import { run } from "../../../ops/command/run.ts";

/** Compares all orders, units and money, once everything has come to its end: `npm run ledger`. */
export async function demandClosedBooks(): Promise<void> {
  const { mysqlUrl, mongodbUrl, standinUrl, stripeSecretKey } = inject("stack");
  const { code, output } = await run(process.execPath, ["--import", "tsx", "ops/ledger/main.ts", "--wait", "240"], {
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
