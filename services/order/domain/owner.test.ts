import { expect, test } from "vitest";
import { placed, stamp } from "../testing/orders.ts";

const open = () => placed({ customerId: "guest" });

test("a guest's order goes over once, and says whom it was of; what a customer is shown is as before", () => {
  const order = open();
  const { version, history } = order.snapshot;
  expect(order.handOver("guest", "account", stamp(5, "trace"))).toBe(true);
  expect(order.handOver("guest", "account", stamp(6))).toBe(false);
  expect(order.snapshot).toMatchObject({ customerId: "account", version, history });
  expect(order.snapshot.formerOwners).toEqual([{ customerId: "guest", ...stamp(5, "trace") }]);
});

test("nobody gets an order of somebody else", () => {
  const order = open();
  expect(order.handOver("another", "account", stamp())).toBe(false);
  expect(order.handOver("guest", "guest", stamp())).toBe(false);
  expect(order.snapshot.customerId).toBe("guest");
});

test("what came to nothing stays where it is; a meal that is paid or ready goes over", () => {
  const cancelled = open();
  cancelled.cancel("customer", "customer", "e1", stamp(1));
  expect(cancelled.handOver("guest", "account", stamp(2))).toBe(false);
  const paid = open();
  paid.pay(stamp(1));
  expect(paid.handOver("guest", "account", stamp(2))).toBe(true);
});
