import { type Db, MongoBulkWriteError, MongoServerError, type WriteError } from "mongodb";
import type { OrderDocument } from "../../services/order/adapters/orderDocument.ts";

/** What keeps two writers apart, and can be taken away. */
export const collectionGuards = ["the unique key of orders", "the revision of orders"] as const;

export type CollectionGuard = (typeof collectionGuards)[number];

const duplicateKey = 11_000;

type Filter = Record<string, unknown>;
type Options = { sort?: Filter; limit?: number };

/**
 * As much of a database as orders ask of MongoDB, in memory. `hold` keeps the next replacement of a document waiting
 * until the function that it returns is called: the caller has read, and others write meanwhile.
 */
export function memoryDb(without: readonly CollectionGuard[] = []): { db: Db; hold(): () => void } {
  let documents: OrderDocument[] = [];
  let gate: Promise<void> | undefined;

  const meets = (document: OrderDocument, filter: Filter): boolean =>
    Object.entries(filter).every(([key, wanted]) => {
      if (key === "revision" && without.includes("the revision of orders")) return true;
      const value: unknown = Reflect.get(document, key);
      if (typeof wanted !== "object" || wanted === null) return value === wanted;
      if ("$in" in wanted) return (wanted.$in as unknown[]).includes(value);
      return "$lte" in wanted && value instanceof Date && value <= (wanted.$lte as Date);
    });
  const all = (filter: Filter) => documents.filter((document) => meets(document, filter));
  const change = (filter: Filter, changed: (document: OrderDocument) => OrderDocument) => {
    const [first] = all(filter);
    documents = documents.map((document) => (document === first ? changed(document) : document));
    return { matchedCount: first ? 1 : 0 };
  };

  const collection = {
    createIndex: async () => {},
    findOne: async (filter: Filter) => structuredClone(all(filter)[0] ?? null),
    find: (filter: Filter, { sort = {}, limit }: Options = {}) => ({
      async toArray() {
        const [[key, direction] = ["_id", 1]] = Object.entries(sort);
        const value = (document: OrderDocument) => Number(Reflect.get(document, key));
        const sorted = all(filter).sort((a, b) => (value(a) - value(b)) * Number(direction));
        return structuredClone(sorted.slice(0, limit));
      },
    }),
    countDocuments: async (filter: Filter) => all(filter).length,
    async insertMany(added: readonly OrderDocument[]) {
      const isTaken = ({ _id }: OrderDocument) =>
        !without.includes("the unique key of orders") && all({ _id }).length > 0;
      const taken = added.flatMap((document, index) => {
        if (isTaken(document)) return [{ code: duplicateKey, index }];
        documents.push(structuredClone(document));
        return [];
      });
      const failure = { message: "duplicate key", code: duplicateKey, writeErrors: taken as unknown as WriteError[] };
      if (taken.length > 0) throw new MongoBulkWriteError(failure, {} as never);
    },
    async replaceOne(filter: Filter, document: OrderDocument) {
      const waited = gate;
      gate = undefined;
      await waited;
      return change(filter, () => structuredClone(document));
    },
    async bulkWrite(operations: readonly { replaceOne: { filter: Filter; replacement: OrderDocument } }[]) {
      let matchedCount = 0;
      for (const { replaceOne } of operations) {
        matchedCount += (await collection.replaceOne(replaceOne.filter, replaceOne.replacement)).matchedCount;
      }
      return { matchedCount };
    },
  };
  const refused = new Map<string, { _id: string }>();
  const refusals = {
    createIndex: async () => {},
    findOne: async ({ _id }: { _id: string }) => structuredClone(refused.get(_id) ?? null),
    async insertOne(refusal: { _id: string }) {
      if (refused.has(refusal._id)) throw new MongoServerError({ message: "duplicate key", code: duplicateKey });
      refused.set(refusal._id, structuredClone(refusal));
    },
  };
  return {
    db: { collection: (name: string) => (name === "orders" ? collection : refusals) } as unknown as Db,
    hold() {
      let release = () => {};
      gate = new Promise((resolve) => {
        release = resolve;
      });
      return release;
    },
  };
}
