import { expect, test } from "vitest";
import { readConfig } from "#common/config";
import { stockEnv } from "../../config.ts";
import { mysqlAddress } from "./address.ts";

const at = "mysql://gorder:p%40ss@db.example:3306/stock";
const unchecked = { rejectUnauthorized: false, verifyIdentity: false };
const authority = { rejectUnauthorized: true, verifyIdentity: false };
const identity = { rejectUnauthorized: true, verifyIdentity: true };

test.each([
  ["?ssl-mode=REQUIRED", unchecked],
  ["?sslmode=require", unchecked],
  ["?sslMode=VERIFY_CA", authority],
  ["?ssl-mode=verify-ca", authority],
  ["?ssl-mode=VERIFY_IDENTITY", identity],
  ["?sslmode=verify-full", identity],
])("with %s a connection uses TLS or is not made", (parameters, ssl) => {
  expect(mysqlAddress(at + parameters)).toEqual({ uri: at, ssl });
});

test.each(["", "?", "?ssl-mode=DISABLED"])("with %j it does not", (parameters) => {
  expect(mysqlAddress(at + parameters)).toEqual({ uri: at });
});

const env = {
  APP_PORT: "8083",
  GRPC_PORT: "8081",
  DAPR_HTTP_PORT: "3500",
  DAPR_GRPC_PORT: "50001",
  DAPR_API_TOKEN: "0123456789abcdef",
  APP_API_TOKEN: "fedcba9876543210",
};

test.each([
  ["?ssl-mode=PREFERRED", "ssl-mode"],
  ["?ssl-mode=", "ssl-mode"],
  ["?ssl-mode=REQUIRED&sslmode=disable", "sslmode"],
  ["?ssl-mode=REQUIRED&SSL-MODE=REQUIRED", "twice"],
  ["?useSSL=true", '"useSSL"'],
  ["?tls=true", '"tls"'],
  ["#?ssl-mode=REQUIRED", 'takes no "#"'],
  ["?ssl-mode=REQUIRED#x", 'takes no "#"'],
  ["?ssl=true", '"ssl"'],
  ["?ssl-ca=%2Fnowhere.pem", `"ssl-ca" goes with`],
  ["?ssl-mode=REQUIRED&ssl-ca=%2Fnowhere.pem", `"ssl-ca" goes with`],
  ["?ssl-mode=VERIFY_CA&ssl-ca=%2Fnowhere.pem", `"ssl-ca": the file /nowhere.pem cannot be read`],
  ["?connectionLimit=5", '"connectionLimit"'],
  ["?constructor=REQUIRED", '"constructor"'],
  ["?ssl-mode=constructor", "ssl-mode"],
])("%s is not understood: stock does not start, and says by which name", (parameters, named) => {
  const read = () => readConfig(stockEnv, { ...env, MYSQL_URL: at + parameters });
  expect(read).toThrow(/MYSQL_URL/);
  expect(read).toThrow(named);
  expect(read).not.toThrow(/p%40ss/);
});

test("a password whose question mark makes parameters of the rest is not told", () => {
  const read = () => mysqlAddress("mysql://gorder:12?s3cret@db.example/stock");
  expect(read).toThrow(/parameter/);
  expect(read).not.toThrow(/s3cret/);
});

test("an address that is understood is kept as it was given", () => {
  expect(readConfig(stockEnv, { ...env, MYSQL_URL: `${at}?ssl-mode=REQUIRED` }).MYSQL_URL).toBe(
    `${at}?ssl-mode=REQUIRED`,
  );
});

test("an IPv6 address reaches the driver without the brackets that URLs have", () => {
  expect(mysqlAddress("mysql://gorder@[fd00::7]:3306/stock")).toMatchObject({ host: "fd00::7" });
  expect(mysqlAddress("mysql://gorder@mysql:3306/stock")).not.toHaveProperty("host");
});
