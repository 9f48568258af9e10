import { expect, test } from "vitest";
import { brokerOf } from "./brokerAddress.ts";

test("a broker is told by its host and port alone", () => {
  expect(brokerOf("amqps://staff:s3cret@rabbit.example:5671/shop?heartbeat=30&channelMax=8")).toBe(
    "RabbitMQ at rabbit.example:5671",
  );
});

test.each([
  ["?cacertfile=/etc/ca.pem", '"cacertfile"'],
  ["?verify=verify_peer", '"verify"'],
  ["?HEARTBEAT=30", '"HEARTBEAT"'],
  ["?heartbeat=30&heartbeat=0", "twice"],
  ["#heartbeat=30", 'takes no "#"'],
])("%s would not be heeded, and is refused", (end, fault) => {
  const read = () => brokerOf(`amqp://staff:s3cret@rabbit.example/${end}`);
  expect(read).toThrow(fault);
  expect(read).not.toThrow(/s3cret/);
});
