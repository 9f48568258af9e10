import { expect, test } from "vitest";
import { orderHttp } from "../../testing/http.ts";

test("everybody may read who the shop is, and what is not known of it is not said", async () => {
  const { call } = await orderHttp();
  const { status, headers, body } = await call("GET", "/api/shop");
  expect([status, headers.get("cache-control")]).toEqual([200, "public, max-age=300"]);
  expect(body).toEqual({ name: "Gorder", hours: [] });
  expect((await call("POST", "/api/shop")).status).toBe(405);
});

test("its address, phone and hours are those of the settings", async () => {
  const hours = [{ days: [1, 2], opens: "11:30", closes: "22:00" }];
  const shop = { name: "Zum Löffel", address: "Hauptstraße 1, 10115 Berlin", phone: "+49 30 1234567", hours };
  const { call } = await orderHttp({ shop });
  expect((await call("GET", "/api/shop")).body).toEqual(shop);
});
