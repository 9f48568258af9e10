import { create } from "@bufbuild/protobuf";
import type { ConnectRouter } from "@connectrpc/connect";
import { answerItems } from "#common/connect/items";
import {
  CheckIfItemsInStockResponseSchema,
  CommitReservationResponseSchema,
  CommitReservationsResponseSchema,
  GetItemsResponseSchema,
  GetReservationsResponseSchema,
  ReleaseReservationResponseSchema,
  ReleaseReservationsResponseSchema,
  ReserveItemsResponseSchema,
  StockService,
} from "#common/genproto/stock/v1/stock_pb";
import type { Logger } from "#common/logging";
import type { StockApp } from "../app/app.ts";
import { answerOf } from "../domain/changes.ts";
import { toItem, toOrderReservation, toResult, toShortage } from "./proto.ts";
import { parse, requests } from "./requests.ts";

/** What stock's routes need beside the use cases. */
export type RpcOptions = {
  /** Milliseconds since the epoch. */
  now: () => number;
  logger: Logger;
};

/** `StockService` on top of the use cases. */
export function stockRpc(app: StockApp, { now, logger }: RpcOptions): (router: ConnectRouter) => void {
  type Answers = Awaited<ReturnType<StockApp["commitReservations"]>>;
  const resultsOf = (orderIds: readonly string[], answers: Answers) =>
    answerItems(orderIds, async (_, index) => answerOf(answers[index]), logger);
  return (router) => {
    router.service(StockService, {
      async getItems(request) {
        const { productIds } = parse(requests.getItems, request);
        const { products, shop } = await app.getItems(productIds.length > 0 ? { productIds } : {});
        const { closed: shopClosed, sentence } = shop;
        const shopSentence = shopClosed ? sentence : "";
        return create(GetItemsResponseSchema, { items: products.map(toItem), shopClosed, shopSentence });
      },
      async checkIfItemsInStock(request) {
        const shortages = await app.checkIfItemsInStock(parse(requests.checkIfItemsInStock, request));
        return create(CheckIfItemsInStockResponseSchema, {
          inStock: shortages.length === 0,
          shortages: shortages.map(toShortage),
        });
      },
      async reserveItems(request, { signal }) {
        const { reservations } = parse(requests.reserveItems, request);
        const wanted = reservations.map(({ ttlSeconds, ...reservation }) => ({
          ...reservation,
          expiresAt: new Date(now() + ttlSeconds * 1_000),
        }));
        const results = await app.reserveItems({ requests: wanted, signal });
        return create(ReserveItemsResponseSchema, { results: results.map((result) => toResult(result, now())) });
      },
      async commitReservations(request) {
        const asked = parse(requests.changeOrders, request);
        const results = await resultsOf(asked.orderIds, await app.commitReservations(asked));
        return create(CommitReservationsResponseSchema, { results });
      },
      async releaseReservations(request) {
        const asked = parse(requests.releaseOrders, request);
        const results = await resultsOf(asked.orderIds, await app.releaseReservations(asked));
        return create(ReleaseReservationsResponseSchema, { results });
      },
      // Deprecated, and so is the next: they serve replicas of the version before, which know no batches.
      async commitReservation(request) {
        const { orderId } = parse(requests.ofOrder, request);
        answerOf((await app.commitReservations({ orderIds: [orderId] }))[0]);
        return create(CommitReservationResponseSchema);
      },
      async releaseReservation(request) {
        const { orderId } = parse(requests.ofOrder, request);
        answerOf((await app.releaseReservations({ orderIds: [orderId] }))[0]);
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
