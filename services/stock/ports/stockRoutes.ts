import { create } from "@bufbuild/protobuf";
import type { ConnectRouter } from "@connectrpc/connect";
import {
  CheckIfItemsInStockResponseSchema,
  CommitReservationResponseSchema,
  GetItemsResponseSchema,
  GetReservationsResponseSchema,
  ReleaseReservationResponseSchema,
  ReserveItemsResponseSchema,
  StockService,
} from "#common/genproto/stock/v1/stock_pb";
import type { StockApp } from "../app/app.ts";
import { toItem, toOrderReservation, toResult, toShortage } from "./messages.ts";
import { parse, requests } from "./requests.ts";

/** `StockService` on top of the use cases. @param now milliseconds since the epoch. */
export function stockRoutes(app: StockApp, now: () => number): (router: ConnectRouter) => void {
  return (router) => {
    router.service(StockService, {
      async getItems(request) {
        const { productIds } = parse(requests.getItems, request);
        const items = await app.getItems(productIds.length > 0 ? { productIds } : {});
        return create(GetItemsResponseSchema, { items: items.map(toItem) });
      },
      async checkIfItemsInStock(request) {
        const shortages = await app.checkIfItemsInStock(parse(requests.checkIfItemsInStock, request));
        return create(CheckIfItemsInStockResponseSchema, {
          inStock: shortages.length === 0,
          shortages: shortages.map(toShortage),
        });
      },
      async reserveItems(request) {
        const { reservations } = parse(requests.reserveItems, request);
        const wanted = reservations.map(({ ttlSeconds, ...reservation }) => ({
          ...reservation,
          expiresAt: new Date(now() + ttlSeconds * 1_000),
        }));
        const results = await app.reserveItems({ requests: wanted });
        return create(ReserveItemsResponseSchema, { results: results.map(toResult) });
      },
      async commitReservation(request) {
        await app.commitReservation(parse(requests.ofOrder, request));
        return create(CommitReservationResponseSchema);
      },
      async releaseReservation(request) {
        await app.releaseReservation(parse(requests.ofOrder, request));
        return create(ReleaseReservationResponseSchema);
      },
      async getReservations(request) {
        const { orderIds } = parse(requests.ofOrders, request);
        const held = await app.getReservations({ orderIds });
        const reservations = orderIds.map((orderId) => toOrderReservation(orderId, held.get(orderId)));
        return create(GetReservationsResponseSchema, { reservations });
      },
    });
  };
}
