import { expect, test } from "vitest";
import { orderHttp } from "../testing/http.ts";

test("/metrics tells use cases by outcome, statuses reached, orders under way and what waits in the outbox", async () => {
  const { call, guest, service } = await orderHttp();
  const { order, path, placed, token } = await guest();
  const [one, two] = [await placed(), await placed()];
  await order({ items: [{ productId: "tea", quantity: 99 }] });
  const paymentLink = "https://pay.example/1";
  await service.app.offerPayment({ orderId: one.id, paymentLink });
  await service.app.offerPayment({ orderId: one.id, paymentLink });
  await call("POST", `${path}/${one.id}/cancel`, { token });
  await service.app.offerPayment({ orderId: two.id, paymentLink });

  const values = async () => {
    const { text } = await call("GET", "/metrics");
    const lines = text.split("\n").filter((line) => line && !line.startsWith("#"));
    return new Map(
      lines.map((line) => [
        line.replace(/ \S+$/, "").replace(/,service="order"|service="order",?/, ""),
        Number(line.split(" ").at(-1)),
      ]),
    );
  };
  await expect.poll(async () => (await values()).get("gorder_outbox_entries{}")).toBe(0);
  const found = await values();
  const wanted: [string, number][] = [
    ['gorder_use_case_seconds_count{use_case="createOrder",outcome="ok"}', 2],
    ['gorder_use_case_seconds_count{use_case="createOrder",outcome="refused"}', 1],
    ['gorder_use_case_seconds_count{use_case="offerPayment",outcome="ok"}', 3],
    ['gorder_order_transitions_total{status="pending"}', 2],
    ['gorder_order_transitions_total{status="waiting_for_payment"}', 2],
    ['gorder_order_transitions_total{status="cancelled"}', 1],
    ['gorder_orders{status="waiting_for_payment"}', 1],
    ['gorder_orders{status="pending"}', 0],
    ["gorder_outbox_age_seconds{}", 0],
    ['gorder_orders_stuck{type="sale"}', 0],
    ["gorder_orders_overdue{}", 0],
  ];
  for (const [name, value] of wanted) expect([name, found.get(name)]).toEqual([name, value]);
});
