import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { local } from "../stack/parts/context.ts";
import { mongodbUrl } from "../stack/parts/mongodb.ts";
import { mysqlUrl } from "../stack/parts/mysql.ts";
import { root } from "../stack/parts/services.ts";
import type { Ports } from "../stack/ports.ts";
import { loadSecrets } from "../stack/secrets.ts";
import { runningStack, type StackState } from "../stack/state.ts";
import type { Provider } from "./provider.ts";
import type { Sources } from "./read.ts";

const named = z.object({
  MYSQL_URL: z.url({ protocol: /^mysql$/ }),
  MONGODB_URL: z.url({ protocol: /^mongodb(\+srv)?$/ }),
  MONGODB_DATABASE: z.string().optional(),
  STRIPE_SECRET_KEY: z.string().min(8),
  STRIPE_API_URL: z.url({ protocol: /^https?$/ }).optional(),
});

/**
 * Where the books are: what the environment names, else the `npm run stack` of this checkout.
 * @throws when the environment names only some of them, or nothing runs here.
 */
export function findSources(env: NodeJS.ProcessEnv): Sources {
  if (env.MYSQL_URL || env.MONGODB_URL) return sourcesOf(env);
  const data = env.GORDER_DATA ?? join(root, ".data");
  const stack = runningStack(data);
  if (!stack)
    throw new Error(`No stack runs on ${data}. Start one, or set MYSQL_URL, MONGODB_URL and STRIPE_SECRET_KEY.`);
  return sourcesOfStack(stack, env);
}

function sourcesOf(env: NodeJS.ProcessEnv): Sources {
  const read = named.safeParse(env);
  if (!read.success) throw new Error(`These variables are missing or wrong:\n${z.prettifyError(read.error)}`);
  const { MYSQL_URL, MONGODB_URL, MONGODB_DATABASE, STRIPE_SECRET_KEY: secretKey, STRIPE_API_URL: apiUrl } = read.data;
  const provider = { secretKey, apiUrl };
  return { mysqlUrl: MYSQL_URL, mongodbUrl: MONGODB_URL, mongodbDatabase: MONGODB_DATABASE, provider };
}

function sourcesOfStack(state: StackState, env: NodeJS.ProcessEnv): Sources {
  const ports = state.ports as Ports;
  const secrets = loadSecrets(state.secretsFile);
  const databases = { mysqlUrl: mysqlUrl({ ports, secrets }), mongodbUrl: mongodbUrl({ ports }) };
  if (!state.pids.standin) return { ...databases, provider: stripeOf(env) };
  const provider = { secretKey: secrets.stripeSecretKey, apiUrl: local(ports.standin) };
  return { ...databases, provider, moneySince: new Date(state.startedAt) };
}

/** Stripe itself, by the key that the stack was started with. */
function stripeOf(env: NodeJS.ProcessEnv): Provider {
  const file = join(root, ".env");
  if (!env.STRIPE_SECRET_KEY && existsSync(file)) process.loadEnvFile(file);
  if (!env.STRIPE_SECRET_KEY) throw new Error("The stack uses Stripe: set STRIPE_SECRET_KEY as it was set there.");
  return { secretKey: env.STRIPE_SECRET_KEY };
}
