import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readConfig } from "#common/config";
import { dataFolder, variablesHere } from "../command/here.ts";
import type { Sources } from "./read.ts";

const named = z.object({
  MYSQL_URL: z.url({ protocol: /^mysql$/, error: "must be such as mysql://user:password@host:3306/stock" }),
  MONGODB_URL: z.url({ protocol: /^mongodb(\+srv)?$/, error: "must be such as mongodb://user:password@host:27017/" }),
  MONGODB_DATABASE: z.string().optional(),
  STRIPE_SECRET_KEY: z.string().min(8),
  STRIPE_API_URL: z.url({ protocol: /^https?$/ }).optional(),
  MONEY_SINCE: z.iso.datetime().optional(),
});

/**
 * Where the books are: what the environment names, else the `npm run stack` of this checkout.
 * @throws when the environment names only some of them, or nothing runs here.
 */
export function findSources(env: NodeJS.ProcessEnv): Sources {
  if (env.MYSQL_URL || env.MONGODB_URL) return sourcesOf(env);
  const here = variablesHere(env);
  if (!here)
    throw new Error(
      `No stack runs on ${dataFolder(env)}. Start one, or set MYSQL_URL, MONGODB_URL and STRIPE_SECRET_KEY.`,
    );
  return sourcesOf(here.STRIPE_SECRET_KEY ? here : { ...here, STRIPE_SECRET_KEY: stripeKey(env) });
}

function sourcesOf(env: NodeJS.Dict<string>): Sources {
  const { MYSQL_URL, MONGODB_URL, MONGODB_DATABASE, ...money } = readConfig(named, env);
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_API_URL: apiUrl, MONEY_SINCE: since } = money;
  const books = { mysqlUrl: MYSQL_URL, mongodbUrl: MONGODB_URL, mongodbDatabase: MONGODB_DATABASE };
  return { ...books, provider: { secretKey, apiUrl }, ...(since && { moneySince: new Date(since) }) };
}

/** Stripe's own key, as the stack was started with it. */
function stripeKey(env: NodeJS.ProcessEnv): string {
  const file = join(import.meta.dirname, "..", "..", ".env");
  if (!env.STRIPE_SECRET_KEY && existsSync(file)) process.loadEnvFile(file);
  if (!env.STRIPE_SECRET_KEY) throw new Error("The stack uses Stripe: set STRIPE_SECRET_KEY as it was set there.");
  return env.STRIPE_SECRET_KEY;
}
