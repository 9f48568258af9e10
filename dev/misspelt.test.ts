import { expect, test } from "vitest";
import { misspeltNotice } from "./misspelt.ts";

const wanted = ["ORDERS_PER_MINUTE", "SHOP_NAME", "COOKS", "LOG_LEVEL", "APP_PORT"];

test.each([
  ["ORDERS_PER_MINUT", "ORDERS_PER_MINUTE"],
  ["ORDERS_PRE_MINUTE", "ORDERS_PER_MINUTE"],
  ["SHOPNAME", "SHOP_NAME"],
])("%s is asked about, as nobody reads it", (name, meant) => {
  expect(misspeltNotice({ [name]: "7" }, wanted)).toBe(`${name} is no setting and was not heeded: is ${meant} meant?`);
});

test.each([
  ["a setting", { SHOP_NAME: "Da Carla", COOKS: "2" }],
  ["a setting of another service", { APP_HOST: "::" }],
  ["a name that is beside the setting itself", { LOG_LEVEL: "warn", LOGLEVEL: "7" }],
  ["a short name, which may be anybody's", { BOOKS: "7" }],
  ["what has nothing to do with Gorder", { HOME: "/root", PATH: "/bin", npm_config_cache: "/cache" }],
])("nothing is said of %s", (_, env) => {
  expect(misspeltNotice(env, wanted)).toBeUndefined();
});
