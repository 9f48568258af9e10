import { expect, test } from "vitest";
import { ConfigError } from "#common/config";
import { demandReadable, handedOn } from "./handedOn.ts";

test("who the shop is, its limits and its menu reach the services; what is empty or nobody's does not", () => {
  const given = { SHOP_NAME: "Da Carla", SHOP_HOURS: "Mo 10:00-12:00", MAX_OPEN_ORDERS: "7", MENU_FILE: "menu.json" };
  expect(handedOn({ ...given, SHOP_PHONE: "", HOME: "/root" })).toEqual(given);
});

test("a setting that a service would refuse is named before anything starts", () => {
  expect(() => demandReadable({ SHOP_HOURS: "always" })).toThrow(ConfigError);
  expect(() => demandReadable({ SHOP_HOURS: "always" })).toThrow("SHOP_HOURS");
  expect(() => demandReadable({ SHOP_NAME: "Da Carla" })).not.toThrow();
});
