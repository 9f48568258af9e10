import { expect, test } from "vitest";
import { orderHttp } from "../../testing/http.ts";

test.each([
  ["DELETE", "/api/products", "GET, HEAD"],
  ["GET", "/api/session", "POST"],
  ["PUT", "/api/customers/ann/orders", "GET, HEAD, POST"],
  ["PATCH", "/api/customers/ann/orders/1", "GET, HEAD"],
  ["GET", "/api/customers/ann/orders/1/cancel", "POST"],
  ["GET", "/api/customers/ann/orders/1/pay", "POST"],
  ["POST", "/api/customers/ann/orders/events", "GET, HEAD"],
  ["POST", "/api/customers/ann/orders/1/events", "GET, HEAD"],
])("%s %s is 405, and says what may be asked there", async (method, path, allow) => {
  const { call } = await orderHttp();
  const { status, headers, body } = await call(method, path);
  expect([status, headers.get("allow"), body.type]).toEqual([405, allow, "/problems/method-not-allowed"]);
});
