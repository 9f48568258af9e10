import { expect, test } from "vitest";
import { renderWith } from "./testing.ts";

test.each<[string, object]>([
  ["at '/publicUrl'", { publicUrl: "https://shop.example/menu" }],
  ...["?ssl=true", "?verify=verify_peer", "?heartbeat=5&tls=true", "#cacertfile=/ca.pem"].map(
    (end): [string, object] => [
      "rabbitmq.connectionString does not look like one",
      { rabbitmq: { connectionString: `amqp://gorder:p@rabbitmq:5672/${end}` } },
    ],
  ),
  ["mysql.url does not look like one", { mysql: { url: "mysql://gorder:p@db:3306/stock#?ssl-mode=REQUIRED" } }],
  ["mongodb.url does not look like one", { mongodb: { url: "mongodb://gorder:p@db:27017/#tls=true" } }],
  [
    "staffRabbitmq.connectionString does not look like one",
    { staffRabbitmq: { connectionString: "amqps://staff:p@rabbitmq:5671?cacertfile=/ca.pem" } },
  ],
])("what of an address would be ignored is refused: %s", async (message, values) => {
  await expect(renderWith("kubernetes-names", values)).rejects.toThrow(message);
});

test.each([
  "amqps://gorder:p@rabbitmq:5671/shop?cacertfile=/etc/ca.pem&heartbeat=10",
  "amqp://gorder:p%3F@rabbitmq:5672",
])("an address of the broker with what is heeded is taken: %s", async (connectionString) => {
  await expect(renderWith("kubernetes-names", { rabbitmq: { connectionString } })).resolves.toBeTruthy();
});
