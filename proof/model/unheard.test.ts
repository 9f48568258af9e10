import { afterAll, expect, test, vi } from "vitest";
import { memoryOrders } from "../../services/order/adapters/memoryOrders.ts";
import { ask, deliver, deliverWebhook, type Wish } from "./customers.ts";
import { pass, takeClock } from "./time.ts";
import { createWorld } from "./world.ts";

afterAll(() => void vi.useRealTimers());

/** So long a guest who has paid waits at most until we know of it, whatever becomes of the provider's message. */
const mostSeconds = 120;

/** An order that can be paid for half an hour, and its guest, who pays so many seconds after they got the link. */
async function paidAfter(seconds: number) {
  takeClock();
  const orders = memoryOrders();
  const world = createWorld(6, async () => "lives", [], orders, 1_800);
  const wish: Wish = { key: "one", quantity: 2 };
  await ask(world, wish);
  await pass(1);
  await deliver(world, "payment-order.created", 0);
  await pass(seconds);
  const { orderId = "" } = wish;
  world.provider.pay(orderId);
  const status = async () => (await orders.get(orderId))?.snapshot.status;
  expect(await status()).toBe("waiting_for_payment");
  return { world, status };
}

test.each([0, 50, 61, 119, 300, 777, 1_200, 1_650])(
  "a payment whose message never comes is noticed within two minutes, made %i s after the link was there",
  async (seconds) => {
    const { world, status } = await paidAfter(seconds);
    expect(world.provider.webhooks).toHaveLength(1);
    await pass(mostSeconds);
    await deliver(world, "order-order.paid", 0);
    await pass(1);
    expect(["paid", "cooking", "ready"]).toContain(await status());
    world.end();
  },
);

test("one whose message is not accepted at first, and comes again only after minutes, is noticed before it does", async () => {
  const { world, status } = await paidAfter(600);
  world.kill("payment");
  await pass(mostSeconds);
  await deliver(world, "order-order.paid", 0);
  await pass(1);
  const noticed = await status();
  expect(["paid", "cooking", "ready"]).toContain(noticed);
  // The late message changes nothing any more.
  await pass(180);
  await deliverWebhook(world, 0);
  await pass(5);
  expect(["paid", "cooking", "ready"]).toContain(await status());
  expect(world.provider.webhooks).toHaveLength(0);
  world.end();
});
