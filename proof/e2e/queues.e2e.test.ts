import { expect, inject, test } from "vitest";

const { rabbitmq } = inject("stack");

async function management(path: string, body?: object): Promise<unknown> {
  const basic = Buffer.from(`${rabbitmq.user}:${rabbitmq.password}`).toString("base64");
  const response = await fetch(`${rabbitmq.managementUrl}/api/${path}`, {
    headers: { authorization: `Basic ${basic}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
  });
  expect(response.ok).toBe(true);
  return response.json();
}

test("when the stack is up every queue and its dead letters exist and outlive the broker", async () => {
  type Queue = { name: string; durable: boolean; auto_delete: boolean };
  // The tests' own sidecar may have left some of its own.
  const queues = async () => ((await management("queues")) as Queue[]).filter(({ name }) => !name.includes("testapp-"));
  await expect
    .poll(async () => (await queues()).map(({ name }) => name).sort())
    .toEqual([
      "dlq-kitchen-order.paid",
      "dlq-order-order.paid",
      "dlq-payment-order.created",
      "kitchen-order.paid",
      "order-order.paid",
      "payment-order.created",
    ]);
  expect((await queues()).filter((queue) => !queue.durable || queue.auto_delete)).toEqual([]);
});

test.each([
  ["that is no JSON", () => `not an event ${Math.random()}`],
  [
    "that breaks the schema",
    () =>
      JSON.stringify({ specversion: "1.0", id: `${Math.random()}`, source: "e2e", type: "order.created", data: {} }),
  ],
])("a message %s ends in the dead letters of its queue, as it was", async (_, write) => {
  const payload = write();
  const message = { properties: {}, routing_key: "", payload, payload_encoding: "string" };
  await management("exchanges/%2F/order.created/publish", message);
  const wish = { count: 10, ackmode: "ack_requeue_false", encoding: "auto" };
  const arrived = async () => {
    const letters = (await management("queues/%2F/dlq-payment-order.created/get", wish)) as { payload: string }[];
    return letters.some((letter) => letter.payload === payload);
  };
  await expect.poll(arrived, { interval: 200 }).toBe(true);
});
