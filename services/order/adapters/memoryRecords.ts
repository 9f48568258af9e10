import { isWholeName } from "../domain/guestName.ts";
import { numberOf } from "../domain/number.ts";
import { Order } from "../domain/order.ts";
import { matches, type OrderFilter, type OrderRecords, pageOf, type RefusedAct } from "../domain/orderRecords.ts";
import type { Page } from "../domain/orderRepository.ts";
import type { OutboxEntry } from "../domain/outbox.ts";
import { isOpen } from "../domain/status.ts";
import { fromDocument, type OrderDocument } from "./orderDocument.ts";

/** What staff and operators ask of these documents. */
export function memoryRecords(documents: () => readonly OrderDocument[]): OrderRecords {
  const refusals = new Map<string, RefusedAct>();
  const restored = (document: OrderDocument) => Order.restore(fromDocument(structuredClone(document)));
  const newestFirst = (a: OrderDocument, b: OrderDocument) =>
    b.placedAt.getTime() - a.placedAt.getTime() || (a._id < b._id ? 1 : -1);

  return {
    search: async (filter, { limit, before }) =>
      documents()
        .filter((document) => isWanted(document, filter) && isBefore(document, before))
        .sort(newestFirst)
        .slice(0, limit)
        .map(restored),

    inStatus: async (status, most) =>
      documents()
        .filter((document) => document.status === status)
        .sort((a, b) => newestFirst(b, a))
        .slice(0, most)
        .map(restored),

    finished: async (since, most) =>
      documents()
        .filter(({ finishedAt }) => finishedAt !== undefined && finishedAt >= since)
        .sort((a, b) => (b.finishedAt?.getTime() ?? 0) - (a.finishedAt?.getTime() ?? 0))
        .slice(0, most)
        .map(restored),

    async refuse(act) {
      if (!refusals.has(act.id)) refusals.set(act.id, structuredClone(act));
    },

    refusal: async (requestId) => refusals.get(requestId),

    async acts(filter, page) {
      const refused = [...refusals.values()].map(({ kind: _, ...act }) => act);
      const all = [...documents().flatMap(({ acts = [] }) => acts), ...refused];
      return pageOf(
        all.filter((act) => matches(act, filter)),
        page,
      );
    },

    async stuck() {
      const counts = new Map<OutboxEntry["type"], number>();
      for (const { stuckType } of documents()) if (stuckType) counts.set(stuckType, (counts.get(stuckType) ?? 0) + 1);
      return counts;
    },

    stuckOrders: async (most) =>
      documents()
        .filter(({ stuckType }) => stuckType !== undefined)
        .slice(0, most)
        .map(restored),

    faulty: async (most) =>
      documents()
        .filter(({ foundAt }) => foundAt !== undefined)
        .sort((a, b) => (b.foundAt?.getTime() ?? 0) - (a.foundAt?.getTime() ?? 0))
        .slice(0, most)
        .map(restored),

    countOverdue: async (before) =>
      documents().filter(({ status, expiresAt }) => isOpen(status) && expiresAt <= before).length,
  };
}

function isBefore({ placedAt, _id }: OrderDocument, before: Page["before"]): boolean {
  if (!before) return true;
  const older = placedAt.getTime() - before.placedAt.getTime();
  return older < 0 || (older === 0 && _id < before.id);
}

function isWanted(document: OrderDocument, filter: OrderFilter): boolean {
  const { number, customerId, guestName, statuses, productId, from, until, least, most, refundedFrom } = filter;
  const { total, placedAt, refundedAt } = document;
  return (
    (number === undefined || numberOf(document._id) === number) &&
    (customerId === undefined || document.customerId === customerId) &&
    (guestName === undefined || isNamed(document, guestName)) &&
    (statuses === undefined || statuses.includes(document.status)) &&
    (productId === undefined || document.lines.some((line) => line.productId === productId)) &&
    (from === undefined || placedAt >= from) &&
    (until === undefined || placedAt < until) &&
    (least === undefined || total.amount >= least) &&
    (most === undefined || total.amount <= most) &&
    (refundedFrom === undefined || (refundedAt !== undefined && refundedAt >= refundedFrom))
  );
}

function isNamed({ guestNameKey }: OrderDocument, wanted: string): boolean {
  return isWholeName(wanted) ? guestNameKey === wanted : (guestNameKey?.startsWith(wanted) ?? false);
}
