import { join } from "node:path";
import { rabbitmqUrl } from "../stack/parts/rabbitmq.ts";
import { root } from "../stack/parts/services.ts";
import { loadSecrets } from "../stack/secrets.ts";
import { runningStack } from "../stack/state.ts";

/**
 * The broker that is meant: RABBITMQ_URL's, else that of the stack that runs on this checkout.
 * @throws when there is neither.
 */
export function brokerUrl(env: NodeJS.ProcessEnv): string {
  if (env.RABBITMQ_URL) return env.RABBITMQ_URL;
  const stack = runningStack(env.GORDER_DATA ?? join(root, ".data"));
  if (!stack) throw new Error("No stack runs here (npm run stack), and RABBITMQ_URL is not set");
  return rabbitmqUrl({ ports: { rabbitmq: stack.ports.rabbitmq ?? 5672 }, secrets: loadSecrets(stack.secretsFile) });
}
