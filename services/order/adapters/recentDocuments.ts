import { isFinal } from "../domain/status.ts";
import type { OrderDocument } from "./orderDocument.ts";

/** Documents as this process wrote them last. Another replica may have written since: whoever uses one finds out. */
export type RecentDocuments = {
  get(id: string): OrderDocument | undefined;
  keep(document: OrderDocument): void;
  forget(id: string): void;
};

/** Keeps the last `most` documents; one that is at its end is hardly ever written again, and only takes memory. */
export function recentDocuments(most: number): RecentDocuments {
  const documents = new Map<string, OrderDocument>();
  return {
    get: (id) => documents.get(id),
    keep(document) {
      documents.delete(document._id);
      if (isFinal(document.status) && document.outbox.length === 0) return;
      documents.set(document._id, document);
      if (documents.size <= most) return;
      for (const oldest of documents.keys()) return void documents.delete(oldest);
    },
    forget: (id) => void documents.delete(id),
  };
}
