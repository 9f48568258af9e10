import { expect, inject, test } from "vitest";

const { rabbitmq } = inject("stack");

test("when the stack is up every queue and its dead letters exist and outlive the broker", async () => {
  const basic = Buffer.from(`${rabbitmq.user}:${rabbitmq.password}`).toString("base64");
  const response = await fetch(`${rabbitmq.managementUrl}/api/queues`, {
    headers: { authorization: `Basic ${basic}` },
  });
  const queues = (await response.json()) as { name: string; durable: boolean; auto_delete: boolean }[];
  expect(queues.map(({ name }) => name).sort()).toEqual([
    "dlq-kitchen-order.paid",
    "dlq-order-order.paid",
    "dlq-payment-order.created",
    "kitchen-order.paid",
    "order-order.paid",
    "payment-order.created",
  ]);
  expect(queues.filter((queue) => !queue.durable || queue.auto_delete)).toEqual([]);
});
