import type { ActRecord, Asked, Effect, Found } from "../../domain/acts.ts";
import { answerOfAct, decided } from "../../domain/performed.ts";
import type { Page, StaffRepository } from "../../domain/staffRepository.ts";
import { onMenu, type Tables } from "./tables.ts";

/** What staff do, in memory. A method does its work in one go, so nobody comes between. */
export function memoryStaff(tables: Tables): StaffRepository {
  const { products, movements, acts } = tables;

  function found({ target }: Asked): Found {
    const others = onMenu(tables).filter(({ id }) => id !== target);
    const history = [...acts.values()]
      .map(({ record }) => record)
      .filter((act) => act.target === target && !act.refusal);
    return {
      dish: products.get(target),
      shop: tables.shop,
      currency: others[0]?.unitPrice.currency,
      history: newestFirst(history),
    };
  }

  function store(effect: Effect): void {
    if ("shop" in effect) tables.shop = effect.shop;
    else products.set(effect.dish.id, effect.dish);
  }

  return {
    async perform(asked, decide) {
      const first = acts.get(asked.id);
      if (first) return answerOfAct(first, asked);
      const { act, effect } = decided(asked, found(asked), decide);
      acts.set(asked.id, act);
      if (effect) store(effect);
      if (act.answer.movement) movements.push(act.answer.movement);
      return answerOfAct(act, asked);
    },
    async movements(productId, page) {
      return pageOf(
        movements.filter((movement) => movement.productId === productId),
        page,
      );
    },
    async units() {
      const moved = (id: string) =>
        movements.filter(({ productId }) => productId === id).reduce((sum, { quantity }) => sum + quantity, 0);
      return onMenu(tables).map(({ id, available, reserved, sold }) => {
        return { id, initial: tables.initial.get(id) ?? 0, moved: moved(id), available, reserved, sold };
      });
    },
    async acts({ subject, action, target, from, until }, page) {
      const wanted = ({ record }: { record: ActRecord }) =>
        (subject === undefined || record.subject === subject) &&
        (action === undefined || record.action === action) &&
        (target === undefined || record.target === target) &&
        (from === undefined || record.at >= from) &&
        (until === undefined || record.at <= until);
      return pageOf(
        [...acts.values()].filter(wanted).map(({ record }) => record),
        page,
      );
    },
  };
}

type Entry = { readonly at: Date; readonly id: string };

function newestFirst<T extends Entry>(entries: readonly T[]): T[] {
  return [...entries].sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1));
}

function pageOf<T extends Entry>(entries: readonly T[], { limit, after }: Page): T[] {
  const isLater = ({ at, id }: T) => !after || at < after.at || (at.getTime() === after.at.getTime() && id < after.id);
  return newestFirst(entries).filter(isLater).slice(0, limit);
}
