import { create, createFileRegistry, fromBinary } from "@bufbuild/protobuf";
import { type FileDescriptorProto, FileDescriptorProtoSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { createClient } from "@connectrpc/connect";
import { createConnectTransport, createGrpcWebTransport } from "@connectrpc/connect-node";
import * as grpc from "@grpc/grpc-js";
import { beforeAll, describe, expect, inject, onTestFinished, test } from "vitest";
import { Health, HealthCheckResponse_ServingStatus as Serving } from "#common/genproto/grpc/health/v1/health_pb";
import { OrderService } from "#common/genproto/order/v1/order_pb";
import { StockService } from "#common/genproto/stock/v1/stock_pb";
import { tokenHeader } from "#common/http/appToken";
import { newCustomer } from "./customer.ts";
import { GrpcClient } from "./grpcClient.ts";

const { apps, appApiToken } = inject("stack");
let orderId: string;
beforeAll(async () => {
  orderId = (await (await newCustomer()).order()).id;
});

function clientOf(app: "order" | "stock", token?: string): GrpcClient {
  const client = new GrpcClient(apps[app].grpcUrl ?? "", token);
  onTestFinished(() => client.close());
  return client;
}

describe("a plain gRPC client", () => {
  test("with the app token calls order and stock", async () => {
    const { order } = await clientOf("order", appApiToken).call(OrderService.method.getOrder, { orderId });
    expect(order?.id).toBe(orderId);
    const { items } = await clientOf("stock", appApiToken).call(StockService.method.getItems, {});
    expect(items.length).toBeGreaterThan(0);
  });

  test.each([undefined, "another"])("with the token %s is UNAUTHENTICATED at both", async (token) => {
    const code = grpc.status.UNAUTHENTICATED;
    const asked = clientOf("order", token).call(OrderService.method.getOrder, { orderId });
    await expect(asked).rejects.toMatchObject({ code });
    await expect(clientOf("stock", token).call(StockService.method.getItems, {})).rejects.toMatchObject({ code });
  });

  test("gets our errors as gRPC's", async () => {
    const client = clientOf("order", appApiToken);
    const missing = client.call(OrderService.method.getOrder, { orderId: "no-such-order" });
    await expect(missing).rejects.toMatchObject({ code: grpc.status.NOT_FOUND });
    const empty = client.call(OrderService.method.updateOrder, { orderId });
    await expect(empty).rejects.toMatchObject({ code: grpc.status.INVALID_ARGUMENT });
  });
});

describe.each(["order", "stock"] as const)("the gRPC port of %s", (app) => {
  const service = { order: OrderService, stock: StockService }[app].typeName;

  test("says that it serves, to anybody", async () => {
    expect((await clientOf(app).call(Health.method.check, {})).status).toBe(Serving.SERVING);
  });

  test("lists its services by reflection", async () => {
    const answer = await clientOf(app, appApiToken).reflect({ case: "listServices", value: "" });
    if (answer.case !== "listServicesResponse") throw new Error(`answered ${answer.case}`);
    const names = answer.value.service.map(({ name }) => name);
    const forStaff = service.replace(/Service$/, "StaffService");
    const wanted = ["grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", service, forStaff];
    expect(names.sort()).toEqual(wanted.sort());
  });

  test.each([
    ["a symbol", { case: "fileContainingSymbol", value: service }],
    ["a method", { case: "fileContainingSymbol", value: `${service}.${app === "order" ? "GetOrder" : "GetItems"}` }],
    ["a file name", { case: "fileByFilename", value: `${app}/v1/${app}.proto` }],
  ] as const)("describes its service by %s, with all that the description needs", async (_, question) => {
    const answer = await clientOf(app, appApiToken).reflect(question);
    if (answer.case !== "fileDescriptorResponse") throw new Error(`answered ${answer.case}`);
    const files = answer.value.fileDescriptorProto.map((bytes) => fromBinary(FileDescriptorProtoSchema, bytes));
    expect(files.map(({ name }) => name)).toContain("google/protobuf/timestamp.proto");
    // Resolves every name, or throws.
    const registry = createFileRegistry(create(FileDescriptorSetSchema, { file: dependenciesFirst(files) }));
    const described = registry.getService(service);
    expect(described?.methods.map(({ name }) => name)).toContain(app === "order" ? "UpdateOrder" : "ReserveItems");
    expect(described?.methods[0]?.input.fields.length).toBeGreaterThan(0);
  });

  test("describes nothing to who shows no token", async () => {
    const asked = clientOf(app).reflect({ case: "listServices", value: "" });
    await expect(asked).rejects.toMatchObject({ code: grpc.status.UNAUTHENTICATED });
  });

  test("says so when it knows no such thing", async () => {
    const answer = await clientOf(app, appApiToken).reflect({ case: "fileContainingSymbol", value: "no.Such" });
    expect(answer).toMatchObject({ case: "errorResponse", value: { errorCode: grpc.status.NOT_FOUND } });
  });
});

test.each([
  ["Connect in JSON", createConnectTransport, false],
  ["Connect in binary", createConnectTransport, true],
  ["gRPC-Web in JSON", createGrpcWebTransport, false],
  ["gRPC-Web in binary", createGrpcWebTransport, true],
] as const)("the sidecar's port answers %s too", async (_, createTransport, useBinaryFormat) => {
  const headers = { [tokenHeader]: appApiToken };
  const to = (baseUrl: string) => createTransport({ baseUrl, httpVersion: "1.1", useBinaryFormat });
  const orders = createClient(OrderService, to(apps.order.appUrl));
  const stock = createClient(StockService, to(apps.stock.appUrl));
  expect((await orders.getOrder({ orderId }, { headers })).order?.id).toBe(orderId);
  expect((await stock.getItems({}, { headers })).items.length).toBeGreaterThan(0);
});

/** A registry takes no file before those that it imports. */
function dependenciesFirst(files: readonly FileDescriptorProto[]): FileDescriptorProto[] {
  const sorted = new Map<string, FileDescriptorProto>();
  const add = (name: string): void => {
    const file = files.find((each) => each.name === name);
    if (!file) throw new Error(`${name} is imported and was not given`);
    for (const dependency of file.dependency) add(dependency);
    sorted.set(name, file);
  };
  for (const { name } of files) add(name);
  return [...sorted.values()];
}
