import { createHash } from "node:crypto";
import { create } from "@bufbuild/protobuf";
import type { ConnectRouter } from "@connectrpc/connect";
import type { z } from "zod";
import { AppError } from "#common/errors";
import type { Act } from "#common/genproto/common/v1/act_pb";
import {
  GetBooksResponseSchema,
  GetShopResponseSchema,
  ListDishesResponseSchema,
  ListMovementsResponseSchema,
  ListStockActsResponseSchema,
  MoveStockResponseSchema,
  PutDishResponseSchema,
  SetShopResponseSchema,
  SetSoldOutResponseSchema,
  StockStaffService,
} from "#common/genproto/stock/v1/staff_pb";
import type { StockApp } from "../app/app.ts";
import type { AskedNow } from "../app/staff/acts.ts";
import { type Done, theShop } from "../domain/acts.ts";
import type { Product } from "../domain/product.ts";
import { toOrderReservation } from "./proto.ts";
import { parse } from "./requests.ts";
import { nextToken, toActPage, toDish, toMovement, toUnits } from "./staffProto.ts";
import { actor, recordable, staffQueries, staffRequests, why } from "./staffRequests.ts";

type Request = { act?: Act | undefined };

/** `StockStaffService` on top of the use cases. */
export function stockStaffRpc(app: StockApp): (router: ConnectRouter) => void {
  /** Does an act whose request is valid, and has one that is not recorded as refused. */
  async function act<S extends z.ZodType>(
    request: Request,
    [action, target]: readonly [string, string],
    schema: S,
    useCase: (act: AskedNow, input: z.infer<S>) => Promise<Done>,
  ): Promise<Done> {
    const asked = askedOf(request, action, target);
    const input = read(() => {
      parse(why, request);
      return parse(schema, request);
    });
    return input instanceof AppError ? app.refuseAct({ act: asked, refusal: input }) : useCase(asked, input);
  }

  return (router) => {
    router.service(StockStaffService, {
      async listDishes() {
        return create(ListDishesResponseSchema, { dishes: (await app.listDishes({})).map(toDish) });
      },
      async putDish(request) {
        const id = request.dish?.productId ?? "";
        const done =
          request.expectedVersion === 0n
            ? await act(request, ["dish.create", id], staffRequests.createDish, (act, { dish }) =>
                app.putDish({ act, id, fields: fieldsOf(dish), expectedVersion: 0 }),
              )
            : await act(request, ["dish.change", id], staffRequests.changeDish, (act, { dish, expectedVersion }) =>
                app.putDish({ act, id, fields: fieldsOf(dish), expectedVersion }),
              );
        return create(PutDishResponseSchema, { dish: dishOf(done) });
      },
      async moveStock(request) {
        const { case: as = "move" } = request.quantity;
        const done = await act(
          request,
          [`dish.${as}`, request.productId],
          staffRequests.moveStock,
          (act, { quantity }) => app.moveStock({ act, move: { as: quantity.case, units: quantity.value } }),
        );
        const movement = done.movement && { movement: toMovement(done.movement) };
        return create(MoveStockResponseSchema, { dish: dishOf(done), ...movement });
      },
      async setSoldOut(request) {
        const action = request.soldOut ? "dish.sell_out" : "dish.sell_again";
        const done = await act(request, [action, request.productId], staffRequests.setSoldOut, (act, { soldOut }) =>
          app.setSoldOut({ act, soldOut }),
        );
        return create(SetSoldOutResponseSchema, { dish: dishOf(done) });
      },
      async getShop() {
        return create(GetShopResponseSchema, { shop: await app.getShop({}) });
      },
      async setShop(request) {
        const action = request.shop?.closed ? "shop.close" : "shop.open";
        const done = await act(request, [action, theShop], staffRequests.setShop, (act, { shop }) =>
          app.setShop({ act, shop }),
        );
        return create(SetShopResponseSchema, done.shop ? { shop: done.shop } : {});
      },
      async listMovements(request) {
        const { productId, pageSize: limit, pageToken: after } = parse(staffQueries.listMovements, request);
        const page = { limit, after };
        const movements = await app.listMovements({ productId, page });
        const nextPageToken = nextToken(movements, page);
        return create(ListMovementsResponseSchema, { movements: movements.map(toMovement), nextPageToken });
      },
      async getBooks(request) {
        const { orderIds } = parse(staffQueries.getBooks, request);
        const [units, held] = await Promise.all([app.listUnits({}), app.getReservations({ orderIds })]);
        const reservations = orderIds.map((orderId) => toOrderReservation(orderId, held.get(orderId)));
        return create(GetBooksResponseSchema, { dishes: units.map(toUnits), reservations });
      },
      async listStockActs(request) {
        const { pageSize: limit, pageToken: after, ...filter } = parse(staffQueries.listActs, request).filter;
        const page = { limit, after };
        return create(ListStockActsResponseSchema, { page: toActPage(await app.listActs({ filter, page }), page) });
      },
    });
  };
}

/** @throws AppError "invalid" when nobody can be named who did it. */
function askedOf(request: Request, action: string, target: string): AskedNow {
  const { requestId, subject } = parse(actor, request.act ?? {});
  const { name = "", reason = "" } = request.act ?? {};
  const texts = { name: recordable(name, 200), reason: recordable(reason, 500), target: recordable(target, 64) };
  return { id: requestId, subject, action, ...texts, content: contentOf(request) };
}

/** Stands for all that is asked. Who acts is compared by itself, and a name may change. */
function contentOf({ act, ...request }: Request): string {
  const written = JSON.stringify({ ...request, reason: act?.reason }, (field, value) => {
    // A request of the version before had no such field: its repeat is the same request.
    if (field === "translations" && Object.keys(value).length === 0) return undefined;
    return typeof value === "bigint" ? String(value) : value;
  });
  return createHash("sha256").update(written).digest("hex");
}

function read<T>(what: () => T): T | AppError {
  try {
    return what();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

/** What is unset stays as it was: a page of the version before does not know all fields. */
function fieldsOf(dish: z.infer<typeof staffRequests.createDish>["dish"]) {
  const { productId: _, allergens, image, ...fields } = dish;
  return { ...fields, ...(allergens && { allergens }), ...(image !== undefined && { image }) };
}

function dishOf({ dish }: { dish?: Product }) {
  if (!dish) throw new Error("an act on a dish was answered without it");
  return toDish(dish);
}
