import type { Pile, Product } from "./product.ts";
import { demandUnits, pileOf, type Reservation, unitsOf } from "./reservation.ts";

/** What becomes of one reservation. */
export type Change = (reservation: Reservation) => Reservation;

/** A reservation as it is now, and whether that is news; nothing when the order has none. */
export type Changed = { readonly reservation: Reservation; readonly changed: boolean } | undefined;

/** Units of several products that go from one pile to another. */
export type Move = { readonly from: Pile; readonly to: Pile; readonly units: Map<string, number> };

/** What changing a batch comes to. */
export type Changes = {
  /** One for each order id, in their order; an item that is refused changes nothing. */
  readonly answers: readonly PromiseSettledResult<Changed>[];
  /** The reservations that are news, by order id. */
  readonly changed: ReadonlyMap<string, Reservation>;
  /** The units that go along, one entry for each pair of piles. */
  readonly moves: readonly Move[];
};

/**
 * Changes reservations one after the other, each all or nothing: who is refused takes nothing, so its neighbours do not
 * notice it. `products` tells what is available to those whose units were released before.
 */
export function changeAll(
  orderIds: readonly string[],
  change: Change,
  known: ReadonlyMap<string, Reservation>,
  products: ReadonlyMap<string, Product>,
): Changes {
  const left = new Map(products);
  const changed = new Map<string, Reservation>();
  const moves = new Map<string, Move>();

  const changeOne = (orderId: string): Changed => {
    const before = changed.get(orderId) ?? known.get(orderId);
    if (!before) return undefined;
    const reservation = change(before);
    if (reservation === before) return { reservation, changed: false };
    const [units, from, to] = [unitsOf(before), pileOf[before.status], pileOf[reservation.status]];
    if (from !== to) {
      demandUnits(before, left);
      const move = moves.get(`${from} ${to}`) ?? { from, to, units: new Map<string, number>() };
      moves.set(`${from} ${to}`, move);
      for (const [productId, quantity] of units) {
        move.units.set(productId, (move.units.get(productId) ?? 0) + quantity);
        const product = left.get(productId);
        if (from === "available" && product)
          left.set(productId, { ...product, available: product.available - quantity });
      }
    }
    changed.set(orderId, reservation);
    return { reservation, changed: true };
  };
  const answers = orderIds.map((orderId): PromiseSettledResult<Changed> => {
    try {
      return { status: "fulfilled", value: changeOne(orderId) };
    } catch (reason) {
      return { status: "rejected", reason };
    }
  });
  return { answers, changed, moves: [...moves.values()] };
}

/** The answer for one item as a call for it alone gives it. @throws what it was refused with. */
export function answerOf(answer: PromiseSettledResult<Changed> | undefined): Changed {
  if (answer?.status === "rejected") throw answer.reason;
  return answer?.value;
}
