import { queues } from "#common/deadLetters/queues";
import type { Management } from "./parts/rabbitmq.ts";

/**
 * What the broker is given where its policies move dead letters, and not what the sidecars ask for: the definitions that
 * RabbitMQ imports into a virtual host. The dead letters lie in classic queues: a quorum queue forgets what was looked at
 * as often as its delivery limit says.
 */
export function deadLetterDefinitions(of: readonly string[] = queues) {
  return {
    queues: of.map((queue) => ({
      name: `dlq-${queue}`,
      durable: true,
      auto_delete: false,
      arguments: { "x-queue-type": "classic" },
    })),
    policies: of.map((queue) => ({
      name: `dead letters of ${queue}`,
      pattern: `^${queue.replaceAll(".", "\\.")}$`,
      "apply-to": "queues",
      priority: 10,
      definition: { "dead-letter-exchange": "", "dead-letter-routing-key": `dlq-${queue}` },
    })),
  };
}

type VirtualHost = { readonly default_queue_type?: string };

/**
 * Makes a virtual host one whose queues are quorum queues unless they say otherwise, with dead letters by policy. The user
 * keeps all rights in it.
 * @throws when it has queues already: they keep their type, and what is in them would be lost.
 */
export async function preferQuorum(
  ask: Management,
  { virtualHost, user, of }: { virtualHost: string; user: string; of?: readonly string[] },
): Promise<void> {
  const name = encodeURIComponent(virtualHost);
  const { default_queue_type: type } = (await ask("GET", `vhosts/${name}`)) as VirtualHost;
  if (type !== "quorum") {
    const there = (await ask("GET", `queues/${name}`)) as readonly unknown[];
    if (there.length > 0) throw new Error(`the queues of ${virtualHost} are there already, and keep their type`);
    // RabbitMQ 3.10 heeds the type only when it makes the virtual host; its setting got its underscores later.
    await ask("DELETE", `vhosts/${name}`);
    await ask("PUT", `vhosts/${name}`, { defaultqueuetype: "quorum", default_queue_type: "quorum" });
    await ask("PUT", `permissions/${name}/${user}`, { configure: ".*", write: ".*", read: ".*" });
  }
  await ask("POST", `definitions/${name}`, deadLetterDefinitions(of));
}
