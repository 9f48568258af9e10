import { randomUUID } from "node:crypto";
import { MongoClient } from "mongodb";
import { type OrderDocument, toDocument } from "../../services/order/adapters/orderDocument.ts";
import { Order } from "../../services/order/domain/order.ts";
import { openPool, run, withConnection } from "../../services/stock/adapters/mysql/database.ts";

type Servers = { mysqlUrl: string; mongodbUrl: string };

/** A reservation of more than there is. */
export type HopelessReservation = { orderId: string; lines: string; expiresAt: Date };

const hour = 3_600_000;
const units = 1_000_000;

/**
 * Orders of each kind that can never come to their end, as nobody can say anything of their checkout sessions: unpaid
 * ones that are over, cancelled ones whose checkout is to be closed, and cancelled ones that owe their money; and meals
 * that were cooked of units that stock knows nothing of. They are older than anybody tries for.
 */
export function hopelessOrders(many: number, productId: string, now: Date): OrderDocument[] {
  const at = (hoursAgo: number) => ({ at: new Date(now.getTime() - hoursAgo * hour), traceId: "" });
  const waiting = (hoursAgo: number): Order => {
    const id = randomUUID();
    const unitPrice = { amount: 500, currency: "eur" };
    const order = Order.place({
      id,
      customerId: "nobody",
      lines: [{ productId, quantity: 1, name: productId, unitPrice, stripePriceId: "" }],
      traceparent: "",
      expiresAt: at(hoursAgo - 0.5).at,
      eventId: randomUUID(),
      stamp: at(hoursAgo),
    });
    order.requestPayment("https://pay.example/lost", at(hoursAgo), `cs_lost_${id}`);
    return order;
  };
  const kinds: (() => Order)[] = [
    () => waiting(1),
    () => {
      const order = waiting(26);
      order.cancel("customer", "customer", randomUUID(), at(26));
      return order;
    },
    () => {
      const [order, cancelled] = [waiting(26), randomUUID()];
      order.pay(at(26));
      order.callOff("staff:nobody", { id: randomUUID(), reason: "" }, cancelled, at(26));
      order.closeEntry(cancelled);
      return order;
    },
    () => {
      const order = waiting(26);
      order.pay(at(26));
      order.claimFor({ by: "nobody", until: at(25).at }, at(26));
      order.markReady("nobody", at(26));
      return order;
    },
  ];
  return kinds.flatMap((make) => Array.from({ length: many }, () => toDocument(make().snapshot, 0)));
}

/** Reservations that are overdue and cannot be given back, as fewer units are reserved than they name. */
export function hopelessReservations(many: number, productId: string): HopelessReservation[] {
  const line = { productId, name: productId, quantity: units, unitPrice: { amount: 500, currency: "eur" } };
  const lines = JSON.stringify([{ ...line, stripePriceId: "" }]);
  return Array.from({ length: many }, () => ({ orderId: randomUUID(), lines, expiresAt: new Date(0) }));
}

/** Puts them beside what the services have stored; each reservation has failed a few times. */
export async function insert(
  servers: Servers,
  orders: readonly OrderDocument[],
  reservations: readonly HopelessReservation[],
): Promise<void> {
  await onBoth(
    servers,
    (mongo) => mongo.insertMany([...orders]),
    (sql) =>
      sql("INSERT INTO reservations (order_id, status, `lines`, expires_at, failures) VALUES ?", [
        reservations.map(({ orderId, lines, expiresAt }) => [orderId, "reserved", lines, expiresAt, 4]),
      ]),
  );
}

/** Takes away whatever these ids name. */
export async function removeAll(servers: Servers, ids: readonly string[]): Promise<void> {
  await onBoth(
    servers,
    (mongo) => mongo.deleteMany({ _id: { $in: [...ids] } }),
    (sql) => sql("DELETE FROM reservations WHERE order_id IN (?)", [ids]),
  );
}

type Sql = (statement: string, parameters: Parameters<typeof run>[2]) => Promise<number>;

async function onBoth(
  { mysqlUrl, mongodbUrl }: Servers,
  inMongo: (orders: ReturnType<typeof ordersOf>) => Promise<unknown>,
  inMysql: (sql: Sql) => Promise<unknown>,
): Promise<void> {
  const [mongo, pool] = [new MongoClient(mongodbUrl), openPool(mysqlUrl, 1)];
  try {
    await inMongo(ordersOf(mongo));
    await withConnection(pool, (connection) =>
      inMysql((statement, parameters) => run(connection, statement, parameters)),
    );
  } finally {
    await Promise.all([mongo.close(), pool.end()]);
  }
}

function ordersOf(mongo: MongoClient) {
  return mongo.db("gorder").collection<OrderDocument>("orders");
}
