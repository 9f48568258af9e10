import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  circles,
  clockFaults,
  importsOf,
  type Module,
  readCode,
  readServices,
  tooLong,
  violations,
} from "./architecture.ts";

const modules = readServices(join(import.meta.dirname, "..", ".."));

/** A file with one import, beside enough of the service that it counts as one with layers. */
function planted(path: string, statement: string): Module[] {
  return [
    { path: "services/order/domain/order.ts", source: "" },
    { path, source: `${statement}\n` },
  ];
}

describe("the layers of the services", () => {
  test("are kept by every module", () => {
    expect(violations(modules)).toEqual([]);
  });

  test.each(["/domain/", "/app/", "/adapters/", "/ports/", "services/kitchen/", "services/common/"])(
    "are looked at in %s",
    (part) => {
      const seen = modules.filter(({ path }) => path.includes(part));
      expect(seen.flatMap(({ source }) => importsOf(source)).length).toBeGreaterThan(3);
    },
  );
});

describe("the time", () => {
  test("is given to domain and app by every service", () => {
    expect(clockFaults(modules)).toEqual([]);
  });

  test.each(["Date.now()", "new Date()", "performance.now()"])("%s in a rule is caught", (asked) => {
    const rule = { path: "services/order/domain/order.ts", source: `export const now = () => ${asked};` };
    expect(clockFaults([rule])).toHaveLength(1);
    expect(clockFaults([{ ...rule, path: "services/order/adapters/clock.ts" }])).toEqual([]);
  });

  test("that is made of what was given is left alone", () => {
    const rule = { path: "services/order/domain/order.ts", source: "const until = new Date(now + 5);" };
    expect(clockFaults([rule])).toEqual([]);
  });
});

describe("modules", () => {
  const code = readCode(join(import.meta.dirname, "..", ".."));

  test("need each other in no circle", () => {
    expect(circles(code)).toEqual([]);
    expect(code.length).toBeGreaterThan(1_000);
  });

  test("in a circle are caught, and such as know each other's types are not", () => {
    const of = (kind: string) => [
      { path: "services/order/a.ts", source: 'import { b } from "./b.ts";' },
      { path: "services/order/b.ts", source: 'import { c } from "./c.ts";' },
      { path: "services/order/c.ts", source: `${kind} { b } from "./b.ts";` },
    ];
    expect(circles(of("import"))).toEqual(["services/order/b.ts > services/order/c.ts > services/order/b.ts"]);
    expect(circles(of("import type"))).toEqual([]);
  });

  test("have 250 lines at most, and one that has more is caught", () => {
    expect(tooLong(code)).toEqual([]);
    const long = (lines: number) => tooLong([{ path: "a.ts", source: "x\n".repeat(lines) }]);
    expect([long(250), long(251)]).toEqual([[], ["a.ts has 251 lines"]]);
  });
});

describe("a module is caught when", () => {
  test.each([
    ["domain reads a file", "services/order/domain/order.ts", 'import { readFile } from "node:fs/promises";'],
    ["domain knows a database by type", "services/order/domain/order.ts", 'import type { Db } from "mongodb";'],
    ["a use case calls out by itself", "services/order/app/command/pay.ts", 'import Stripe from "stripe";'],
    ["a use case loads a server later", "services/order/app/command/pay.ts", 'const x = await import("express");'],
    ["a use case re-exports one", "services/order/app/command/pay.ts", 'export { createPool } from "mysql2";'],
    ["a use case knows an adapter", "services/order/app/app.ts", 'import { a } from "../adapters/mongo.ts";'],
    ["domain knows app", "services/order/domain/order.ts", 'import { a } from "../app/command/pay.ts";'],
    ["app uses the sidecar", "services/order/app/app.ts", 'import { sidecar } from "#common/dapr/sidecar";'],
    ["app makes a logger", "services/order/app/app.ts", 'import { makeLogger } from "#common/logging";'],
    [
      "domain uses generated code",
      "services/order/domain/o.ts",
      'import { O } from "#common/genproto/order/v1/order_pb";',
    ],
    ["main uses generated code", "services/order/main.ts", 'import { O } from "#common/genproto/order/v1/order_pb";'],
    ["order knows stock", "services/order/adapters/stock.ts", 'import { s } from "../../stock/domain/stock.ts";'],
    ["common knows order", "services/common/events.ts", 'import { s } from "../order/domain/order.ts";'],
    ["an adapter knows a port", "services/order/adapters/stock.ts", 'import type { R } from "../ports/rpc.ts";'],
    ["a port makes its adapter", "services/order/ports/rpc.ts", 'import { a } from "../adapters/mongo.ts";'],
    ["a service uses a command", "services/order/build.ts", 'import { s } from "../../ops/command/say.ts";'],
    ["a service knows its makers", "services/order/build.ts", 'import { s } from "../../dev/settings.ts";'],
    [
      "the page carries the server's schemas along",
      "services/web/api/types.ts",
      'import * as http from "../../order/ports/http/schemas.ts";',
    ],
    ["the page knows more of order", "services/web/a.ts", 'import type { O } from "../order/domain/order.ts";'],
    ["payment knows the stand-in", "services/payment/adapters/a.ts", 'import { s } from "../../standin/api.ts";'],
    ["a service leans on a proof", "services/order/main.ts", 'import type { S } from "../../proof/e2e/ownStack.ts";'],
    ["what runs uses a fake", "services/order/build.ts", 'import { f } from "./testing/fakes.ts";'],
    ["what runs uses a suite", "services/order/adapters/a.ts", 'import { s } from "./records.suite.ts";'],
    ["app starts a sign-in", "services/order/app/app.ts", 'import { o } from "#common/signIn/openIdProvider";'],
    ["app ends the sidecar", "services/order/app/app.ts", 'import { e } from "#common/dapr/admitted";'],
    ["an import has several lines", "services/order/domain/o.ts", 'import {\n  a,\n  b,\n} from "winston";'],
    ["an import is for effect", "services/order/domain/o.ts", 'import "winston";'],
  ])("%s", (_, path, statement) => {
    expect(violations(planted(path, statement))).not.toEqual([]);
  });
});

describe("a module is left alone when", () => {
  test.each([
    [
      "a use case counts and logs by type",
      "services/order/app/app.ts",
      'import type { Logger } from "#common/logging";',
    ],
    [
      "a port uses generated code",
      "services/order/ports/rpc.ts",
      'import { O } from "#common/genproto/order/v1/order_pb";',
    ],
    [
      "payment is tried against the stand-in",
      "services/payment/adapters/a.test.ts",
      'import { s } from "../../standin/testing.ts";',
    ],
    [
      "the page takes its types from the server's schemas",
      "services/web/api/types.ts",
      'import type * as http from "../../order/ports/http/schemas.ts";',
    ],
    ["a port names its adapter's type", "services/order/ports/a.ts", 'import type { F } from "../adapters/feed.ts";'],
    ["a test has a port use an adapter", "services/order/ports/a.test.ts", 'import { f } from "../adapters/feed.ts";'],
    ["a fake of a service uses a tool", "services/order/testing/a.ts", 'import { o } from "../../../dev/oidc/a.ts";'],
    ["the embedded root knows all", "services/embedded.ts", 'import { s } from "./stock/domain/stock.ts";'],
    ["a comment names a package", "services/order/domain/order.ts", '// import x from "mongodb"'],
    ["a text says import", "services/order/domain/order.ts", 'const text = "nothing to import here";'],
  ])("%s", (_, path, statement) => {
    expect(violations(planted(path, statement))).toEqual([]);
  });
});
