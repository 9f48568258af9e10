import { AppError } from "#common/errors";
import { Order } from "../domain/order.ts";
import type { OrderRepository } from "../domain/orderRepository.ts";
import { nextDue } from "../domain/outbox.ts";
import { nextLook } from "../domain/rest.ts";
import { isOpen } from "../domain/status.ts";
import { memoryRecords } from "./memoryRecords.ts";
import { fromDocument, type OrderDocument, toDocument } from "./orderDocument.ts";

/** Orders in memory, for tests and the embedded way. They may rest for `patienceMs` before they are looked at. */
export function memoryOrders(patienceMs = 60_000): OrderRepository {
  const documents = new Map<string, OrderDocument>();
  const restored = (document: OrderDocument) => Order.restore(fromDocument(structuredClone(document)));
  const open = () => [...documents.values()].filter(({ outboxState }) => outboxState === "open");

  return {
    ...memoryRecords(() => [...documents.values()]),

    async add(order) {
      const document = toDocument(structuredClone(order.snapshot), patienceMs);
      if (documents.has(document._id)) return "exists";
      documents.set(document._id, document);
      return "added";
    },

    async get(id) {
      const document = documents.get(id);
      return document && restored(document);
    },

    async list(customerId, { limit, before }) {
      return [...documents.values()]
        .filter((document) => document.customerId === customerId)
        .sort((a, b) => b.placedAt.getTime() - a.placedAt.getTime() || (a._id < b._id ? 1 : -1))
        .filter(({ placedAt, _id }) => {
          const older = before && placedAt.getTime() - before.placedAt.getTime();
          return older === undefined || older < 0 || (older === 0 && _id < (before?.id ?? ""));
        })
        .slice(0, limit)
        .map(restored);
    },

    async countOpen(customerId, most) {
      const open = [...documents.values()].filter((one) => one.customerId === customerId && isOpen(one.status));
      return Math.min(open.length, most);
    },

    async countPending(most) {
      return Math.min([...documents.values()].filter(({ status }) => status === "pending").length, most);
    },

    async update(id, change) {
      const document = documents.get(id);
      if (!document) throw new AppError("not_found", "There is no such order");
      const order = restored(document);
      if (change(order)) documents.set(id, toDocument(structuredClone(order.snapshot), patienceMs, document));
      return order;
    },

    async claimDue(now, limit) {
      const due = open().filter(({ outboxDueAt }) => outboxDueAt !== undefined && outboxDueAt <= now);
      return due.slice(0, limit).map((document) => {
        documents.set(document._id, { ...document, outboxDueAt: nextDue(document.outbox, now) });
        return restored(document);
      });
    },

    async claimResting(now, limit) {
      const resting = [...documents.values()]
        .filter(({ lookAt }) => lookAt !== undefined && lookAt <= now)
        .sort((a, b) => (a.lookAt?.getTime() ?? 0) - (b.lookAt?.getTime() ?? 0));
      return resting.slice(0, limit).map(({ lookAt: _, ...document }) => {
        const order = restored(document);
        const lookAt = nextLook(order.snapshot, now, patienceMs);
        documents.set(document._id, { ...document, ...(lookAt && { lookAt }) });
        return order;
      });
    },

    async cookable(now, limit) {
      const since = ({ cookableSince }: OrderDocument) => cookableSince?.getTime() ?? Number.POSITIVE_INFINITY;
      return [...documents.values()]
        .filter((document) => since(document) <= now.getTime())
        .sort((a, b) => since(a) - since(b))
        .slice(0, limit)
        .map(restored);
    },

    claimedBy: async (kitchenId) =>
      [...documents.values()].filter((document) => document.claimedBy === kitchenId).map(restored),

    // No version before has stored anything here.
    backfill: async () => "done",

    async outboxDepth() {
      const times = open().flatMap(({ outboxSince }) => outboxSince?.getTime() ?? []);
      return { entries: times.length, oldestAt: times.length === 0 ? undefined : new Date(Math.min(...times)) };
    },

    count: async (status) => [...documents.values()].filter((document) => document.status === status).length,
  };
}
