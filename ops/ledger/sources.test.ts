import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { findSources } from "./sources.ts";

const cluster = {
  MYSQL_URL: "mysql://gorder:password@127.0.0.1:3306/stock",
  MONGODB_URL: "mongodb://127.0.0.1:27017/",
  STRIPE_SECRET_KEY: "sk_test_key",
};

it("the environment names the books of a system elsewhere", () => {
  expect(findSources({ ...cluster, MONGODB_DATABASE: "orders" })).toEqual({
    mysqlUrl: cluster.MYSQL_URL,
    mongodbUrl: cluster.MONGODB_URL,
    mongodbDatabase: "orders",
    provider: { secretKey: "sk_test_key" },
  });
});

it("an environment that names only some of the books is told which are missing", () => {
  expect(() => findSources({ MYSQL_URL: cluster.MYSQL_URL })).toThrow(/MONGODB_URL.*STRIPE_SECRET_KEY/s);
});

it("where nothing runs, it is said how to name the books", () => {
  expect(() => findSources({ GORDER_DATA: join(tmpdir(), "gorder-nothing") })).toThrow(/No stack runs.*MYSQL_URL/);
});
