import { type Money, minorDigits } from "#common/money";

export type { Money };

/** A dish's units: where they came from, and where they are. */
export type DishUnits = Readonly<Record<"initial" | "moved" | "available" | "reserved" | "sold", number>> & {
  readonly productId: string;
};

/** An order beside what stock and payment say of it. */
export type BookedOrder = {
  readonly number: string;
  readonly status: "open" | "kept" | "cancelled" | "refunded";
  /** It was paid once, whatever became of it. */
  readonly wasPaid: boolean;
  readonly total: Money;
  /** What the order says went back; undefined when it was not asked. */
  readonly back?: number | undefined;
  /** What it says is on its way back. */
  readonly owed?: number | undefined;
  readonly reservation: "none" | "reserved" | "committed" | "released";
  readonly payment: BookedPayment | undefined;
};

/** What payment says: `back` is what went back, `owed` what is on its way there. */
export type BookedPayment = {
  readonly status: "open" | "taken" | "closed";
  readonly total: Money;
  readonly back: number;
  readonly owed: number;
  readonly isDisputed: boolean;
};

/** What is wrong with a dish's units, in a sentence; nothing when they add up. */
export function dishFaults({ productId, initial, moved, ...piles }: DishUnits): string[] {
  const { available, reserved, sold } = piles;
  const sum = available + reserved + sold;
  const negative = Object.entries(piles).filter(([, units]) => units < 0);
  return [
    ...negative.map(([pile, units]) => `${productId}: ${units} units are ${pile}`),
    ...(sum === initial + moved
      ? []
      : [
          `${productId}: ${available} available, ${reserved} reserved and ${sold} sold are ${sum} units, and ${initial} at first with ${moved} moved since are ${initial + moved}`,
        ]),
  ];
}

const fitting: Readonly<Record<BookedOrder["status"], readonly BookedOrder["reservation"][]>> = {
  open: ["reserved"],
  kept: ["committed"],
  cancelled: ["released"],
  refunded: ["released", "committed"],
};

const words: Readonly<Record<BookedOrder["status"], string>> = {
  open: "not paid yet",
  kept: "paid",
  cancelled: "cancelled",
  refunded: "refunded",
};

/** How an order contradicts its reservation and its payment, a sentence each. */
export function orderFaults(order: BookedOrder): string[] {
  const { number, status, wasPaid, reservation, total, back = 0, owed = 0 } = order;
  // Staff may cancel what is paid: what was sold may stay so.
  const mayBeSold = status === "cancelled" && wasPaid && reservation === "committed";
  // What no cook took goes back at once, and its money may take days.
  const mayBeBack = status === "kept" && reservation === "released" && owed > 0 && back + owed >= total.amount;
  const isHeld = fitting[status].includes(reservation) || mayBeSold || mayBeBack;
  const held = isHeld ? [] : [`is ${words[status]}, and its reservation is ${reservation}`];
  return [...held, ...moneyFaults(order)].map((fault) => `#${number} ${fault}`);
}

function moneyFaults({ status, total, back, payment }: BookedOrder): string[] {
  const isTaken = payment?.status === "taken";
  if (status === "open") return isTaken ? [`is ${words.open}, and ${written(payment.total)} were taken for it`] : [];
  if (!isTaken) return status === "cancelled" ? [] : [`is ${words[status]}, and payment took no money for it`];
  if (payment.total.amount !== total.amount || payment.total.currency !== total.currency)
    return [`costs ${written(total)}, and ${written(payment.total)} were taken for it`];
  // What a dispute takes is decided elsewhere, and takes its time.
  if (payment.isDisputed) return [];
  const left = payment.total.amount - payment.back - payment.owed;
  const money = (amount: number) => written({ ...total, amount });
  const faults: string[] = [];
  if (left < 0) faults.push(`cost ${written(total)}, and ${money(payment.back + payment.owed)} went back`);
  if (status !== "kept" && left > 0) faults.push(`is ${words[status]}, and ${money(left)} of it stayed here`);
  if (status === "kept" && payment.back >= total.amount) faults.push("is paid, and all of its money is back");
  if (back !== undefined && back !== payment.back)
    faults.push(`says that ${money(back)} went back, and payment says ${money(payment.back)}`);
  return faults;
}

function written({ amount, currency }: Money): string {
  const digits = minorDigits(currency);
  return `${(amount / 10 ** digits).toFixed(digits)} ${currency.toUpperCase()}`;
}
