import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";

const secretsSchema = z.object({
  rabbitmqPassword: z.string(),
  erlangCookie: z.string(),
  redisPassword: z.string(),
  mysqlPassword: z.string(),
  keepPassword: z.string(),
  daprApiToken: z.string(),
  appApiToken: z.string(),
  sessionSecret: z.string(),
  staffSessionSecret: z.string(),
  staffClientSecret: z.string(),
  customerClientSecret: z.string(),
  staffRabbitmqPassword: z.string(),
  stripeSecretKey: z.string(),
  stripeWebhookSecret: z.string(),
});

/** A stack's passwords and keys. */
export type Secrets = Readonly<z.infer<typeof secretsSchema>>;

function random(): string {
  return randomBytes(24).toString("hex");
}

function generate(): Secrets {
  return {
    rabbitmqPassword: random(),
    erlangCookie: random().toUpperCase(),
    redisPassword: random(),
    mysqlPassword: random(),
    keepPassword: random(),
    daprApiToken: random(),
    appApiToken: random(),
    sessionSecret: random(),
    staffSessionSecret: random(),
    staffClientSecret: random(),
    customerClientSecret: random(),
    staffRabbitmqPassword: random(),
    // The stand-in's; with STRIPE_SECRET_KEY set they are not used.
    stripeSecretKey: `sk_test_${random()}`,
    stripeWebhookSecret: `whsec_${random()}`,
  };
}

/** Writes a file that only its owner may read. */
export function writePrivate(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  // Whoever reads meanwhile sees what was there before, or all of it.
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, text, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, path);
}

/** @throws in one sentence, without a secret, when the file is not as we left it. */
function readKept(path: string): object {
  try {
    return secretsSchema.partial().parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    const folder = dirname(path);
    throw new Error(`${path} cannot be read as the stack left it: put it back, or remove ${folder} with all its data`);
  }
}

/** The secrets of this data folder: made once, then the same at every start, as the data were made with them. */
export function loadSecrets(path: string): Secrets {
  const kept = existsSync(path) ? readKept(path) : {};
  // A folder of an earlier version gets what it lacks, and keeps what its data were made with.
  const secrets: Secrets = secretsSchema.parse({ ...generate(), ...kept });
  if (Object.keys(secrets).some((name) => !(name in kept))) writePrivate(path, `${JSON.stringify(secrets, null, 2)}\n`);
  return secrets;
}
