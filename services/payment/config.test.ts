import { expect, test } from "vitest";
import { ConfigError, readConfig } from "#common/config";
import { standinEnv } from "../standin/config.ts";
import { paymentEnv } from "./config.ts";

const payment = {
  PORT: "8084",
  APP_PORT: "8083",
  DAPR_HTTP_PORT: "3502",
  DAPR_GRPC_PORT: "50003",
  DAPR_API_TOKEN: "0123456789abcdef",
  APP_API_TOKEN: "0123456789abcdef",
  STRIPE_SECRET_KEY: "sk_test_1234",
  STRIPE_WEBHOOK_SECRET: "whsec_0123456789ab, whsec_the_next_one_1",
  PUBLIC_URL: "http://127.0.0.1:8080",
};

test("the webhook's secrets are a list, so that one can replace another", () => {
  expect(readConfig(paymentEnv, payment).STRIPE_WEBHOOK_SECRET).toEqual(["whsec_0123456789ab", "whsec_the_next_one_1"]);
});

test.each(["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "PUBLIC_URL", "APP_API_TOKEN"])(
  "payment does not start without %s",
  (name) => {
    const read = () => readConfig(paymentEnv, { ...payment, [name]: "" });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(name);
  },
);

test.each([
  ["an empty secret in the list", "whsec_0123456789ab,"],
  ["a short secret", "whsec"],
])("%s is refused, and never shown", (_name, list) => {
  const read = () => readConfig(paymentEnv, { ...payment, STRIPE_WEBHOOK_SECRET: list });
  expect(read).toThrow("STRIPE_WEBHOOK_SECRET");
  expect(read).not.toThrow("whsec");
});

test("the stand-in does not start with a live key", () => {
  const standin = { ...payment, STANDIN_PUBLIC_URL: "http://127.0.0.1:8090", WEBHOOK_URL: "http://127.0.0.1:8084/x" };
  expect(() => readConfig(standinEnv, standin)).not.toThrow();
  expect(() => readConfig(standinEnv, { ...standin, STRIPE_SECRET_KEY: "sk_live_1234" })).toThrow("STRIPE_SECRET_KEY");
});
