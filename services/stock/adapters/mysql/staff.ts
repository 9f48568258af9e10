import type { Pool } from "mysql2/promise";
import { type Asked, type Effect, type Found, theShop } from "../../domain/acts.ts";
import { answerOfAct, decided } from "../../domain/performed.ts";
import type { StaffRepository } from "../../domain/staffRepository.ts";
import { doneOn, findAct, findActs, insertAct } from "./acts.ts";
import { type Connection, select, transaction, withConnection } from "./database.ts";
import { retry } from "./failures.ts";
import { findMovements, findUnits, insertMovement } from "./movements.ts";
import { lockProducts, storeProduct } from "./products.ts";
import { findShop, lockShop, storeShop } from "./shop.ts";

/** What staff do, in MySQL or MariaDB. */
export function mysqlStaff(pool: Pool): StaffRepository {
  return {
    async perform(asked, decide, { history = false } = {}) {
      const act = await retry(() =>
        transaction(pool, async (connection) => {
          const first = await findAct(connection, asked.id);
          if (first) return first;
          const found = await lock(connection, asked, history);
          const { act, effect } = decided(asked, found, decide);
          // Its id is the key: of two who do the same at the same time one fails here, and finds it when it tries again.
          await insertAct(connection, act);
          if (effect) await store(connection, effect, found);
          if (act.answer.movement) await insertMovement(connection, act.answer.movement);
          return act;
        }),
      );
      return answerOfAct(act, asked);
    },
    units: () => retry(() => withConnection(pool, findUnits)),
    movements: (productId, page) => retry(() => withConnection(pool, (on) => findMovements(on, productId, page))),
    acts: (filter, page) => retry(() => withConnection(pool, (on) => findActs(on, filter, page))),
  };
}

/** Nobody else changes what an act is about until its transaction ends. */
async function lock(connection: Connection, { target }: Asked, history: boolean): Promise<Found> {
  const others = "SELECT price_currency AS currency FROM products WHERE id <> ? ORDER BY position, id LIMIT 1";
  // Its column is ASCII, which cannot be compared with other text.
  const id = /^[\x21-\x7e]+$/.test(target) ? target : "";
  const dish = (await lockProducts(connection, [id])).get(id);
  return {
    dish,
    shop: target === theShop ? await lockShop(connection) : await findShop(connection),
    currency: (await select<{ currency: string }>(connection, others, [id]))[0]?.currency,
    history: history ? await doneOn(connection, target) : [],
  };
}

async function store(connection: Connection, effect: Effect, { dish }: Found): Promise<void> {
  if ("shop" in effect) return storeShop(connection, effect.shop);
  if (effect.dish !== dish) await storeProduct(connection, effect.dish, dish === undefined);
}
