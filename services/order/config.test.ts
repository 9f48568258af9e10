import { expect, test } from "vitest";
import { ConfigError, readConfig } from "#common/config";
import { orderEnv } from "./config.ts";

const env = {
  PORT: "8080",
  APP_PORT: "8083",
  GRPC_PORT: "8081",
  DAPR_HTTP_PORT: "3501",
  DAPR_GRPC_PORT: "50001",
  DAPR_API_TOKEN: "0123456789abcdef",
  APP_API_TOKEN: "0123456789abcdef",
  MONGODB_URL: "mongodb://127.0.0.1:27017",
  SESSION_SECRET: "0123456789abcdef0123456789abcdef",
};
const oidc = {
  OIDC_JWKS_URL: "https://login.example/keys",
  OIDC_ISSUER: "https://login.example",
  OIDC_AUDIENCE: "gorder",
};

test.each(["PORT", "APP_PORT", "GRPC_PORT", "MONGODB_URL", "SESSION_SECRET", "DAPR_API_TOKEN", "APP_API_TOKEN"])(
  "order does not start without %s",
  (name) => {
    const read = () => readConfig(orderEnv, { ...env, [name]: "" });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(name);
  },
);

test("a short session secret is refused, and not shown", () => {
  const read = () => readConfig(orderEnv, { ...env, SESSION_SECRET: "hunter2" });
  expect(read).toThrow("SESSION_SECRET");
  expect(read).not.toThrow("hunter2");
});

test.each([
  ["", 1_800_000],
  ["2s", 2_000],
  ["45m", 2_700_000],
  ["2h", 7_200_000],
])("an ORDER_TTL of %j is %i milliseconds", (text, ms) => {
  expect(readConfig(orderEnv, { ...env, ORDER_TTL: text }).ORDER_TTL).toBe(ms);
});

test("an order is held for ten minutes until its guest goes to pay, unless ORDER_HOLD says otherwise", () => {
  expect(readConfig(orderEnv, env).ORDER_HOLD).toBe(600_000);
  expect(readConfig(orderEnv, { ...env, ORDER_HOLD: "90s" }).ORDER_HOLD).toBe(90_000);
});

test.each(["30", "0m", "-1s", "1d", "30 m", "23h"])("an ORDER_TTL of %j is refused", (text) => {
  expect(() => readConfig(orderEnv, { ...env, ORDER_TTL: text })).toThrow("ORDER_TTL");
});

test("an identity provider needs no session secret, but all of its own variables", () => {
  const { SESSION_SECRET: _, ...rest } = env;
  expect(readConfig(orderEnv, { ...rest, ...oidc })).toMatchObject(oidc);
  for (const name of Object.keys(oidc)) {
    expect(() => readConfig(orderEnv, { ...env, ...oidc, [name]: "" })).toThrow(name);
  }
});

const account = {
  CUSTOMER_OIDC_ISSUER: "https://id.example",
  CUSTOMER_OIDC_CLIENT_ID: "shop",
  PUBLIC_URL: "https://shop.example",
};

test("guests may be offered an account by a provider, with all that it takes", () => {
  expect(readConfig(orderEnv, { ...env, ...account })).toMatchObject({ CUSTOMER_OIDC_SCOPE: "openid profile" });
  for (const name of ["CUSTOMER_OIDC_CLIENT_ID", "PUBLIC_URL"]) {
    expect(() => readConfig(orderEnv, { ...env, ...account, [name]: undefined })).toThrow(
      new RegExp(`${name}: goes with`),
    );
  }
});

test.each([
  ["CUSTOMER_OIDC_ISSUER", "http://id.example"],
  ["CUSTOMER_OIDC_SCOPE", "profile"],
  ["PUBLIC_URL", "https://shop.example/menu"],
])("%s is not %s", (name, value) => {
  expect(() => readConfig(orderEnv, { ...env, ...account, [name]: value })).toThrow(name);
});

test.each(["http://login.example/keys", "ftp://login.example/keys"])(
  "keys of the identity provider are not taken from %s",
  (OIDC_JWKS_URL) => {
    expect(() => readConfig(orderEnv, { ...env, ...oidc, OIDC_JWKS_URL })).toThrow(/OIDC_JWKS_URL/);
  },
);

test("where a provider vouches for all customers nobody is offered another one", () => {
  expect(() => readConfig(orderEnv, { ...env, ...oidc, ...account })).toThrow(/CUSTOMER_OIDC_ISSUER: .*no guests/);
});
