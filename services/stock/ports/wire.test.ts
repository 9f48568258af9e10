import { createServer } from "node:http2";
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createConnectTransport, createGrpcWebTransport } from "@connectrpc/connect-node";
import * as grpc from "@grpc/grpc-js";
import { expect, it, onTestFinished } from "vitest";
import { GetItemsRequestSchema, GetItemsResponseSchema, StockService } from "#common/genproto/stock/v1/stock_pb";
import { tokenHeader } from "#common/http/appToken";
import { listen, portOf, startServer } from "#common/http/listen";
import { silentLogger } from "#common/logging";
import { createMetrics } from "#common/metrics";
import { grpcHandler, sidecarApp } from "#common/service";
import { memoryStock } from "../adapters/memory/stock.ts";
import { buildStock } from "../build.ts";
import { aProduct, ledgerOf, noOrders } from "../testing.ts";

const appToken = "the app's own token";
const outside = { logger: silentLogger, appToken };

function given() {
  const stock = memoryStock([aProduct("tea")]);
  return {
    stock,
    service: buildStock({ stock, orders: noOrders, logger: silentLogger, metrics: createMetrics("stock", false) }),
  };
}

it.each([
  ["Connect", createConnectTransport],
  ["gRPC-Web", createGrpcWebTransport],
])("answers %s on its HTTP/1.1 port, and only who has the app token", async (_, createTransport) => {
  const { service, stock } = given();
  const server = await listen(sidecarApp(service, outside), "127.0.0.1", 0);
  onTestFinished(() => server.close());
  const transport = createTransport({ baseUrl: `http://127.0.0.1:${server.port}`, httpVersion: "1.1" });
  const client = createClient(StockService, transport);
  const reservations = [{ orderId: "o", ttlSeconds: 60, lines: [{ productId: "tea", quantity: 1 }] }];

  for (const headers of [{}, { [tokenHeader]: "another" }]) {
    const error = await client.reserveItems({ reservations }, { headers }).catch(ConnectError.from);
    expect(error).toMatchObject({ code: Code.Unauthenticated });
  }
  expect(await ledgerOf(stock)).toEqual({ tea: [10, 0, 0] });
  await client.reserveItems({ reservations }, { headers: { [tokenHeader]: appToken } });
  expect(await ledgerOf(stock)).toEqual({ tea: [9, 1, 0] });
});

it("answers a plain gRPC client on its HTTP/2 port, and only one who has the app token", async () => {
  const { service } = given();
  const server = createServer(grpcHandler(service, outside));
  await startServer(server, "127.0.0.1", 0);
  const client = new grpc.Client(`127.0.0.1:${portOf(server)}`, grpc.credentials.createInsecure());
  onTestFinished(() => {
    client.close();
    server.close();
  });
  const getItems = (token: string) =>
    new Promise<string[] | grpc.status>((resolve) => {
      const metadata = new grpc.Metadata();
      metadata.set(tokenHeader, token);
      client.makeUnaryRequest(
        `/${StockService.typeName}/GetItems`,
        (bytes: Uint8Array) => Buffer.from(bytes),
        (bytes) => fromBinary(GetItemsResponseSchema, bytes),
        toBinary(GetItemsRequestSchema, { $typeName: "stock.v1.GetItemsRequest", productIds: [] }),
        metadata,
        (error, answer) => resolve(error ? error.code : (answer?.items.map(({ productId }) => productId) ?? [])),
      );
    });
  expect(await getItems("another")).toBe(grpc.status.UNAUTHENTICATED);
  expect(await getItems(appToken)).toEqual(["tea"]);
});
