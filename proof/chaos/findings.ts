import type { Books } from "../../ops/ledger/books.ts";
import { unfinished } from "../../ops/ledger/faults.ts";
import { moneyFaults } from "../../ops/ledger/moneyFaults.ts";
import { orderFaults } from "../../ops/ledger/orderFaults.ts";
import { stockFaults } from "../../ops/ledger/stockFaults.ts";

/** What must not be when nothing is under way any more, one line each. */
export type Findings = {
  /** Orders that guests were told of and that are not there, or that contradict themselves. */
  readonly lost: readonly string[];
  readonly oversold: readonly string[];
  /** Money that was taken twice or for nothing, and money that is missing. */
  readonly charged: readonly string[];
  readonly withoutEnd: readonly string[];
};

/** What the ledger finds, and whether every order that guests were told of is there. */
export function findingsOf(books: Books, told: readonly string[]): Findings {
  const ids = new Set(books.orders.map(({ id }) => id));
  const gone = told.filter((id) => !ids.has(id)).map((id) => `order ${id}: was accepted, and is not there`);
  return {
    lost: [...gone, ...orderFaults(books)],
    oversold: stockFaults(books),
    charged: moneyFaults(books),
    withoutEnd: unfinished(books),
  };
}

/** Only what is not known yet. */
export function fresh(findings: Findings, known: ReadonlySet<string>): Findings {
  const isNew = (finding: string) => !known.has(finding);
  return {
    lost: findings.lost.filter(isNew),
    oversold: findings.oversold.filter(isNew),
    charged: findings.charged.filter(isNew),
    withoutEnd: findings.withoutEnd.filter(isNew),
  };
}
