import { expect, test } from "vitest";
import { ConfigError, readConfig } from "#common/config";
import { staffEnv } from "./config.ts";

const good = {
  PORT: "0",
  APP_PORT: "8083",
  DAPR_HTTP_PORT: "1",
  DAPR_GRPC_PORT: "1",
  DAPR_API_TOKEN: "x".repeat(16),
  APP_API_TOKEN: "x".repeat(16),
  STAFF_PUBLIC_URL: "https://shop.example",
  STAFF_SESSION_SECRET: "a".repeat(32),
  STAFF_OIDC_ISSUER: "https://id.example/realms/shop",
  STAFF_OIDC_CLIENT_ID: "staff",
};

test("two secrets with a comma are two, and times are milliseconds", () => {
  const env = readConfig(staffEnv, { ...good, STAFF_SESSION_SECRET: `${"a".repeat(32)}, ${"b".repeat(32)}` });
  expect(env.STAFF_SESSION_SECRET).toEqual(["a".repeat(32), "b".repeat(32)]);
  expect([env.STAFF_SESSION_IDLE, env.STAFF_SESSION_MAX]).toEqual([7_200_000, 43_200_000]);
});

test.each(["http://localhost:9000", "http://127.0.0.1:9000", "http://oidc.gorder.svc.cluster.local"])(
  "a provider may be at %s",
  (STAFF_OIDC_ISSUER) => {
    expect(readConfig(staffEnv, { ...good, STAFF_OIDC_ISSUER }).STAFF_OIDC_ISSUER).toBe(STAFF_OIDC_ISSUER);
  },
);

test.each([
  ["STAFF_SESSION_SECRET", "short"],
  ["STAFF_SESSION_SECRET", `${"a".repeat(32)},short`],
  ["STAFF_SESSION_SECRET", `${"a".repeat(32)},${"a".repeat(32)}`],
  ["STAFF_SESSION_SECRET", undefined],
  ["STAFF_PUBLIC_URL", "https://shop.example/staff"],
  ["STAFF_OIDC_ISSUER", "http://id.example"],
  ["STAFF_OIDC_ISSUER", "http://id.svc.example"],
  ["STAFF_OIDC_CLIENT_ID", undefined],
  ["STAFF_OIDC_SCOPE", "profile"],
  ["STAFF_SESSION_IDLE", "10s"],
  ["STAFF_TRACE_URL", "http://localhost:9411"],
  ["RABBITMQ_URL", "http://localhost"],
])("a wrong %s (%s) is refused by its name", (name, value) => {
  const read = () => readConfig(staffEnv, { ...good, [name]: value });
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(new RegExp(`^  ${name}`, "m"));
});
