import { Code } from "@connectrpc/connect";
import { expect, test } from "vitest";
import { memoryOrders } from "../adapters/memoryOrders.ts";
import { appToken, orderHttp } from "../testing/http.ts";

test("where several orders are is told in one answer, of each for itself, and without what the store said", async () => {
  const orders = memoryOrders();
  const { get } = orders;
  orders.get = async (id) => {
    if (id === "broken") throw new Error("secret of the store");
    return get(id);
  };
  const { guest, call } = await orderHttp({ orders });
  const { id } = await (await guest()).placed();
  const headers = { "dapr-api-token": appToken };
  const json = { orderIds: ["broken", "none", id] };
  const { body, text } = await call("POST", "/order.v1.OrderService/GetStatuses", { headers, json });
  expect(body.orders).toEqual([
    { orderId: "broken", refusal: { code: Code.Internal, message: "internal error" } },
    { orderId: "none", refusal: { code: Code.NotFound, message: "There is no such order" } },
    { orderId: id, status: "ORDER_STATUS_PENDING" },
  ]);
  expect(text).not.toContain("secret");
});
