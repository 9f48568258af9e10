import { variablesHere } from "../command/here.ts";

/**
 * The broker that is meant: RABBITMQ_URL's, else that of the stack that runs on this checkout.
 * @throws when there is neither.
 */
export function brokerUrl(env: NodeJS.ProcessEnv): string {
  const url = env.RABBITMQ_URL || variablesHere(env)?.RABBITMQ_URL;
  if (!url) throw new Error("No stack runs here (npm run stack), and RABBITMQ_URL is not set");
  return url;
}
