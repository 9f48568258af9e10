import { AppError } from "#common/errors";
import { allot } from "../../domain/allot.ts";
import { answerOf, type Change, changeAll } from "../../domain/changes.ts";
import { moveUnits, type Pile, type Product, type Quantities } from "../../domain/product.ts";
import type { Reservation } from "../../domain/reservation.ts";
import type { StaffRepository } from "../../domain/staffRepository.ts";
import type { StockRepository } from "../../domain/stockRepository.ts";
import { memoryDue } from "./due.ts";
import { memoryStaff } from "./staff.ts";
import { emptyTables, onMenu } from "./tables.ts";

/** Stock in memory. */
export type MemoryStock = StockRepository & {
  readonly staff: StaffRepository;
  /** All reservations that were ever made. */
  everyReservation(): readonly Reservation[];
};

/** Stock in memory, for tests and the embedded way. A method does its work in one go, so nobody comes between. */
export function memoryStock(menu: readonly Product[] = []): MemoryStock {
  const tables = emptyTables();
  const { products, reservations } = tables;

  const move = (units: Quantities, from: Pile, to: Pile) => {
    for (const [id, quantity] of units) {
      const product = products.get(id);
      if (!product) throw new Error(`a reservation names ${id}, which is not on the menu`);
      products.set(id, moveUnits(product, from, to, quantity));
    }
  };
  const add = (added: readonly Product[]) => {
    const known = added.filter(({ id }) => products.has(id)).map(({ id }) => id);
    for (const [position, product] of added.entries()) {
      if (products.has(product.id)) continue;
      products.set(product.id, { ...product, position });
      tables.initial.set(product.id, product.available + product.reserved + product.sold);
    }
    return known;
  };
  add(menu);
  const updateMany = (orderIds: readonly string[], change: Change) => {
    const { answers, changed, moves } = changeAll(orderIds, change, reservations, products);
    for (const { from, to, units } of moves) move(units, from, to);
    for (const [orderId, reservation] of changed) {
      reservations.set(orderId, reservation);
      tables.due.delete(orderId);
    }
    return answers;
  };

  return {
    async products(ids) {
      return onMenu(tables).filter(({ id }) => !ids || ids.includes(id));
    },
    shop: async () => tables.shop,
    async reserve(requests, prices, signal) {
      if (signal?.aborted) throw new AppError("unavailable", "Whoever asked has left");
      const { results, created, taken } = allot(requests, {
        products,
        known: reservations,
        prices,
        shop: tables.shop,
      });
      move(taken, "available", "reserved");
      for (const reservation of created) reservations.set(reservation.orderId, reservation);
      return results;
    },
    async reservations(orderIds) {
      return new Map([...reservations].filter(([orderId]) => orderIds.includes(orderId)));
    },
    ...memoryDue(tables),
    updateMany: async (orderIds, change) => updateMany(orderIds, change),
    update: async (orderId, change) => answerOf(updateMany([orderId], change)[0]),
    add: async (added) => add(added),
    staff: memoryStaff(tables),
    everyReservation: () => [...reservations.values()],
  };
}
