import type { Pool } from "mysql2/promise";
import { AppError } from "#common/errors";
import { allot, type ReservationRequest, type ReservationResult } from "../../domain/allot.ts";
import type { Money } from "../../domain/product.ts";
import type { Reservation } from "../../domain/reservation.ts";
import { type Connection, transaction } from "./database.ts";
import { errnoOf, retry } from "./failures.ts";
import { moveUnits } from "./moveUnits.ts";
import { lockShelf } from "./products.ts";
import { findReservations, insertReservations } from "./reservations.ts";

type Known = ReadonlyMap<string, Reservation>;
type Asked = {
  requests: readonly ReservationRequest[];
  prices: ReadonlyMap<string, Money>;
  signal: AbortSignal | undefined;
};

const duplicateKey = 1062;

/**
 * Serves a batch in one transaction. Nearly every order is new, so nobody looks for what it has before the table's key
 * says that it has something: a question less for all others.
 */
export function reserve(pool: Pool, asked: Asked): Promise<readonly ReservationResult[]> {
  let mayBeKnown = false;
  return retry(async () => {
    demandCaller(asked.signal);
    try {
      return await transaction(pool, (connection) => serve(connection, asked, mayBeKnown));
    } catch (error) {
      mayBeKnown ||= errnoOf(error) === duplicateKey;
      throw error;
    }
  });
}

async function serve(connection: Connection, { requests, prices, signal }: Asked, mayBeKnown: boolean) {
  const none: Known = new Map();
  const find = () =>
    findReservations(
      connection,
      requests.map(({ orderId }) => orderId),
    );
  const known = mayBeKnown ? await find() : none;
  const { products, shop } = await lockShelf(
    connection,
    requests.flatMap(({ lines }) => lines.map(({ productId }) => productId)),
  );
  let allotted = allot(requests, { products, known, prices, shop });
  // Who can't be served now may have been served before.
  if (!mayBeKnown && allotted.results.some(({ outcome }) => outcome === "rejected"))
    allotted = allot(requests, { products, known: await find(), prices, shop });
  await moveUnits(connection, allotted.taken, "available", "reserved");
  await insertReservations(connection, allotted.created);
  demandCaller(signal);
  return allotted.results;
}

/** What is reserved for a caller who has left is held for nobody. @throws AppError "unavailable". */
function demandCaller(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AppError("unavailable", "Whoever asked has left");
}
