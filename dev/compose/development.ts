import type { App } from "../services.ts";
import { type Context, stackPrograms } from "../stack/parts/context.ts";
import { rabbitmqUrl } from "../stack/parts/rabbitmq.ts";
import { type ServiceSettings, service } from "../stack/parts/services.ts";
import { portsFrom } from "../stack/ports.ts";
import type { Secrets } from "../stack/secrets.ts";

/** Every secret of what these files start. It stands in the repository: nothing that they start is for customers. */
export const password = "development-only-not-for-customers";

const secrets: Secrets = {
  rabbitmqPassword: password,
  erlangCookie: password,
  redisPassword: password,
  mysqlPassword: password,
  keepPassword: password,
  daprApiToken: password,
  appApiToken: password,
  sessionSecret: password,
  staffSessionSecret: password,
  staffClientSecret: password,
  customerClientSecret: password,
  staffRabbitmqPassword: password,
  stripeSecretKey: `sk_test_${password}`,
  stripeWebhookSecret: `whsec_${password}`,
};

/** How the services of `compose.yaml` are set, beyond what every stack says. */
export const settings: ServiceSettings = { direct: false, traceSampleRatio: 1, env: {} };

/** The stack as it would be with known secrets and the table's own ports. @param data where its folder would be. */
export function development(data: string): Context {
  const programs = Object.fromEntries(stackPrograms.map((name) => [name, name])) as Context["programs"];
  return { data, ports: portsFrom({}), secrets, programs };
}

/** What a service reads in the stack. The staff's is the broker's only user here: nobody makes it one of its own. */
export function environmentOf(context: Context, app: App): Record<string, string> {
  const { env = {} } = service(context, app, settings);
  return { ...env, ...(app === "staff" && { RABBITMQ_URL: rabbitmqUrl(context) }) };
}
