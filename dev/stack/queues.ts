import { queues } from "#common/deadLetters/queues";
import { type Context, local } from "./parts/context.ts";
import { managementHeaders } from "./parts/rabbitmq.ts";
import { get, waitFor } from "./wait.ts";

type Queue = (typeof queues)[number];

async function exists({ ports, secrets }: Context, name: string): Promise<boolean> {
  const url = `${local(ports["rabbitmq-management"])}/api/queues/%2F/${encodeURIComponent(name)}`;
  return (await get(url, managementHeaders(secrets.rabbitmqPassword))).status === 200;
}

/** A publish that finds no queue succeeds and is gone, so nothing may publish before these are there. */
export async function waitForQueues(context: Context, wanted: readonly Queue[] = queues): Promise<void> {
  const names = wanted.flatMap((name) => [name, `dlq-${name}`]);
  const missing = async () => {
    const present = await Promise.all(names.map((name) => exists(context, name)));
    const lacking = names.filter((_, index) => !present[index]);
    return lacking.length === 0 ? undefined : `no queue ${lacking.join(", ")}`;
  };
  await waitFor("the broker's queues", missing, { withinMs: 180_000 });
}
