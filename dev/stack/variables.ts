import { type Context, local } from "./parts/context.ts";
import { mongodbUrl } from "./parts/mongodb.ts";
import { mysqlUrl } from "./parts/mysql.ts";
import { rabbitmqUrl } from "./parts/rabbitmq.ts";

/** Which process the stack is, since when, and whose money it takes. */
type Identity = {
  readonly pid: number;
  readonly born: string;
  readonly startedAt: string;
  readonly stripe?: unknown;
};

/** What those who look at a running stack are told, as `stack.env`: Stripe's own key is for its owner to say. */
export function variablesOf(context: Context, { pid, born, startedAt, stripe }: Identity): Record<string, string> {
  const { ports, secrets } = context;
  return {
    STACK_PID: String(pid),
    STACK_BORN: born,
    GORDER_URL: local(ports.order),
    MYSQL_URL: mysqlUrl(context),
    MONGODB_URL: mongodbUrl(context),
    RABBITMQ_URL: rabbitmqUrl(context),
    ...(stripe === undefined && {
      STRIPE_SECRET_KEY: secrets.stripeSecretKey,
      STRIPE_API_URL: local(ports.standin),
      // The stand-in remembers nothing from before.
      MONEY_SINCE: startedAt,
    }),
  };
}
