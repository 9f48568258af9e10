import { backFaults } from "./backFaults.ts";
import { type Books, type Checkout, groupBy, type Order, priceOf, written } from "./books.ts";
import { nameOf, namesOf, type Payment, paymentOf } from "./payments.ts";

type MoneyBooks = Pick<Books, "orders" | "checkouts" | "refunds" | "moneySince">;

/** How the money at the payment provider differs from what orders say, one line a fault. */
export function moneyFaults(books: MoneyBooks): string[] {
  const { checkouts, refunds } = books;
  const refundsOf = groupBy(refunds, ({ paymentId }) => paymentId);
  const checkoutsOf = groupBy(checkouts, ({ orderId }) => orderId);
  const paymentsOf = (all: readonly Checkout[]) =>
    all.filter(({ paid }) => paid).map((one) => paymentOf(one, refundsOf.get(one.paymentId ?? "") ?? []));
  const ids = new Set(books.orders.map(({ id }) => id));
  return [
    ...rememberedOrders(books).flatMap((order) => {
      const known = checkoutsOf.get(order.id) ?? [];
      const payments = paymentsOf(known);
      return [...orderFaults(order, payments), ...backFaults(order, payments), ...chargeFaults(order.id, known)];
    }),
    ...[...checkoutsOf].flatMap(([id, known]) => (ids.has(id) ? [] : strayFaults(id, paymentsOf(known)))),
    ...paymentsOf(checkouts).flatMap(refundFaults),
  ];
}

/** What the provider took and gave back (or is about to), and what the orders that count as paid come to, by currency. */
export function moneyTotals(books: MoneyBooks) {
  const totals = new Map<string, { taken: number; refunded: number; orders: number }>();
  const of = (currency: string) => {
    const total = totals.get(currency) ?? { taken: 0, refunded: 0, orders: 0 };
    totals.set(currency, total);
    return total;
  };
  const currencyOf = new Map(books.checkouts.map(({ paymentId, total }) => [paymentId, total.currency]));
  for (const { paid, total } of books.checkouts) if (paid) of(total.currency).taken += total.amount;
  for (const { paymentId, amount } of books.refunds) of(currencyOf.get(paymentId) ?? "?").refunded += amount;
  for (const { status, total } of rememberedOrders(books))
    if (priceOf[status] === "kept") of(total.currency).orders += total.amount;
  return totals;
}

/** Orders of which the provider must know what it took. */
function rememberedOrders({ orders, checkouts, moneySince = new Date(0) }: MoneyBooks): readonly Order[] {
  const known = new Set(checkouts.map(({ orderId }) => orderId));
  return orders.filter(({ id, placedAt }) => placedAt >= moneySince || known.has(id));
}

function orderFaults({ id, status, total }: Order, payments: readonly Payment[]): string[] {
  const faults: string[] = [];
  const [first, second] = payments;
  if (first && second)
    faults.push(`order ${id}: was charged ${payments.length} times, by ${payments.map(nameOf).join(" and ")}`);
  for (const payment of payments) {
    const { amount, currency } = payment.total;
    if (amount !== total.amount || currency !== total.currency)
      faults.push(
        `order ${id}: costs ${written(total)}, and ${written(payment.total)} were taken by ${nameOf(payment)}`,
      );
  }
  const left = payments.reduce((sum, payment) => sum + payment.left, 0);
  const amount = written({ amount: left, currency: first?.total.currency ?? total.currency });
  const isBack = payments.every(({ refunds }) => refunds.every(({ state }) => state === "succeeded"));
  if (priceOf[status] === "kept") {
    if (!first) faults.push(`order ${id}: is ${status}, and the provider took no money for it`);
    // Until the last of it has arrived, which takes days, the order is what it was.
    else if (left <= 0 && isBack) faults.push(`order ${id}: is ${status}, and its money was given back`);
  } else if (left > 0) {
    const what = priceOf[status] === "back" ? "never given back" : "taken";
    faults.push(`order ${id}: is ${status}, and ${amount} were ${what} (${payments.map(nameOf).join(", ")})`);
  }
  if (status === "refunded" && !first) faults.push(`order ${id}: is refunded, and the provider took no money for it`);
  if (status === "cancelled" && first && left <= 0 && isBack)
    faults.push(`order ${id}: is cancelled, and does not say that its money was given back`);
  return faults;
}

/** A guest who paid must not find another page that takes money for the same order. */
function chargeFaults(id: string, checkouts: readonly Checkout[]): string[] {
  const open = checkouts.filter((one) => one.open);
  if (open.length === 0 || checkouts.length === 1) return [];
  const names = checkouts.map(nameOf).join(", ");
  return [`order ${id}: has ${checkouts.length} checkout sessions, and can be paid though there is another (${names})`];
}

function strayFaults(id: string, payments: readonly Payment[]): string[] {
  return payments
    .filter(({ left }) => left > 0)
    .map((payment) => {
      const rest = written({ amount: payment.left, currency: payment.total.currency });
      return `order ${id}: does not exist, and ${rest} were taken for it by ${nameOf(payment)}`;
    });
}

function refundFaults(payment: Payment): string[] {
  const { orderId, left, total } = payment;
  if (left >= 0) return [];
  const by = `${nameOf(payment)} (${namesOf(payment)})`;
  return [`order ${orderId}: more was given back than the ${written(total)} that were taken by ${by}`];
}
