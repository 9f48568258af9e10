import { expect, test } from "vitest";
import { ConfigError } from "#common/config";
import { demandReadable, handedOn } from "./handedOn.ts";

test("who the shop is, its limits and its menu reach the services; what is empty or nobody's does not", () => {
  const given = { SHOP_NAME: "Da Carla", SHOP_HOURS: "Mo 10:00-12:00", MAX_OPEN_ORDERS: "7", MENU_FILE: "menu.json" };
  expect(handedOn({ ...given, SHOP_PHONE: "", HOME: "/root" })).toEqual(given);
});

test.each([
  ["SHOP_HOURS", "always"],
  ["COOKS", "many"],
  ["KITCHEN_MODE", "bord"],
  ["LOG_LEVEL", "loud"],
  ["MYSQL_POOL_SIZE", "0"],
  ["TRACE_SAMPLE_RATIO", "2"],
  ["STRIPE_SECRET_KEY", "sk"],
  ["STRIPE_WEBHOOK_SECRET", "whsec"],
])("%s, which a service would refuse, is named before anything starts", (name, value) => {
  expect(() => demandReadable({ [name]: value })).toThrow(ConfigError);
  expect(() => demandReadable({ [name]: value })).toThrow(name);
});

test("what a service takes is let be", () => {
  expect(() => demandReadable({ SHOP_NAME: "Da Carla" })).not.toThrow();
});
