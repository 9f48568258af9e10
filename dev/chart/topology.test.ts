import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { queues } from "#common/deadLetters/queues";
import { OrderService } from "../../services/common/genproto/order/v1/order_pb.ts";
import { OrderStaffService } from "../../services/common/genproto/order/v1/staff_pb.ts";
import { PaymentService } from "../../services/common/genproto/payment/v1/payment_pb.ts";
import { PaymentStaffService } from "../../services/common/genproto/payment/v1/staff_pb.ts";
import { StockStaffService } from "../../services/common/genproto/stock/v1/staff_pb.ts";
import { StockService } from "../../services/common/genproto/stock/v1/stock_pb.ts";
import { apps, deployed, isApp } from "../services.ts";

const root = join(import.meta.dirname, "..", "..");
/** Callee -> what it answers to other services. */
const answered = {
  order: [OrderService, OrderStaffService],
  payment: [PaymentService, PaymentStaffService],
  stock: [StockService, StockStaffService],
};
const services = Object.values(answered).flat();
/** Every RPC with what its contract says of it. */
const methods = services.flatMap(({ typeName, methods: all, file }) => {
  const source = readFileSync(join(root, "proto", `${file.name}.proto`), "utf8");
  return all.map(({ name, deprecated: isDeprecated }) => {
    const [, lines = ""] = new RegExp(`((?: *//.*\\n)*) *rpc ${name}\\(`).exec(source) ?? [];
    const comment = lines.replaceAll(/\s*\/\/\s*/g, " ");
    return { path: `/${typeName}/${name}`, isDeprecated, comment };
  });
});
const staffCalls = [OrderStaffService, PaymentStaffService, StockStaffService].flatMap(({ typeName, methods }) =>
  methods.map(({ name }) => `/${typeName}/${name}`),
);

const topology = z
  .object({
    calls: z.record(z.string(), z.record(z.string(), z.array(z.string()))),
    servers: z.record(z.string(), z.array(z.string())),
  })
  .parse(parse(readFileSync(join(root, "helm/files/topology.yaml"), "utf8")));

const allowed = Object.entries(topology.calls).flatMap(([caller, callees]) =>
  Object.entries(callees).flatMap(([callee, operations]) => operations.map((path) => ({ caller, callee, path }))),
);

/** Every call that the source of one service makes: `client.method(` in a file that makes a client of another one. */
function callsIn(source: string): string[] {
  return services.flatMap((service) => {
    const name = service.typeName.split(".").at(-1) ?? "";
    const client = new RegExp(`(\\w+) = createClient\\(${name},`).exec(source)?.[1];
    if (client === undefined) return [];
    return service.methods
      .filter(({ localName }) => new RegExp(`\\b${client}\\.${localName}\\(`).test(source))
      .map((method) => `/${service.typeName}/${method.name}`);
  });
}

function sourcesOf(service: string): string[] {
  return readdirSync(join(root, "services", service), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !file.includes("testing"))
    .map((file) => readFileSync(join(root, "services", service, file), "utf8"));
}

describe("the access policy", () => {
  test("allows nothing that does not exist", () => {
    const existing = Object.entries(answered).flatMap(([callee, all]) =>
      all.flatMap(({ typeName, methods }) => methods.map(({ name }) => `${callee} /${typeName}/${name}`)),
    );
    expect(allowed.map(({ callee, path }) => `${callee} ${path}`).filter((call) => !existing.includes(call))).toEqual(
      [],
    );
  });

  test.each(apps)("allows every call that %s makes", (caller) => {
    const mine = allowed.filter((call) => call.caller === caller).map(({ path }) => path);
    const made = [...new Set(sourcesOf(caller).flatMap(callsIn))];
    expect(made.filter((path) => !mine.includes(path))).toEqual([]);
  });

  test("would notice a call that it does not allow", () => {
    const source = "const orders = createClient(OrderService, transport);\nawait orders.cancelOrder({ orderId });";
    expect(callsIn(source)).toEqual(["/order.v1.OrderService/CancelOrder"]);
  });

  test("allows what no service of this version calls to replicas of the version before, and nothing else", () => {
    const made = apps.flatMap((caller) =>
      sourcesOf(caller)
        .flatMap(callsIn)
        .map((path) => `${caller} ${path}`),
    );
    // Staff's calls are looked at below.
    const unmade = allowed
      .filter(({ caller, path }) => caller !== "staff" && !made.includes(`${caller} ${path}`))
      .map(({ path }) => path);
    expect(unmade.sort()).toEqual(
      methods
        .filter(({ isDeprecated }) => isDeprecated)
        .map(({ path }) => path)
        .sort(),
    );
  });

  test("leaves out nothing but what the contract says that operators alone call", () => {
    const some = new Set(allowed.map(({ path }) => path));
    const forOperators = methods.filter(({ comment }) => comment.includes("Called by operators alone."));
    const left = methods.filter(({ path }) => !some.has(path)).map(({ path }) => path);
    expect(left).toEqual(forOperators.map(({ path }) => path));
    expect(left).toContain("/order.v1.OrderService/CreateOrder");
  });

  test("knows who is in the list of services, and nobody else", () => {
    expect(Object.keys(topology.calls).filter((name) => !isApp(name))).toEqual([]);
    expect(Object.keys(topology.servers).sort()).toEqual([...deployed, "schema"].sort());
  });

  test("names no service as its own caller", () => {
    expect(allowed.filter(({ caller, callee }) => caller === callee || !(callee in answered))).toEqual([]);
  });

  test("lets the staff service alone do what staff may do, and lets nobody call it", () => {
    const doing = (caller: string) => allowed.filter((call) => call.caller === caller).map(({ path }) => path);
    expect(doing("staff").sort()).toEqual([...staffCalls].sort());
    const others = apps.filter((name) => name !== "staff").flatMap(doing);
    expect(others.filter((path) => staffCalls.includes(path))).toEqual([]);
    expect(allowed.filter(({ callee }) => callee === "staff")).toEqual([]);
  });
});

test("KEDA looks at queues that exist", () => {
  const template = readFileSync(join(root, "helm/templates/keda.yaml"), "utf8");
  const watched = [...template.matchAll(/queueName: ([\w.-]+)/g)].map(([, queue]) => queue);
  expect(watched).toHaveLength(1);
  expect(watched.filter((queue) => !queues.some((known) => known === queue))).toEqual([]);
});

test("the chart holds the components themselves, not a copy", () => {
  expect(readlinkSync(join(root, "helm/files/components"))).toBe("../../components");
});
