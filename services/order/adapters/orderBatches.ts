import { randomUUID } from "node:crypto";
import {
  type AnyBulkWriteOperation,
  type Collection,
  type Filter,
  MongoBulkWriteError,
  MongoServerError,
} from "mongodb";
import { batched } from "#common/batch";
import type { OrderDocument } from "./orderDocument.ts";

const largestBatch = 100;
/** One command that the server is slow with is not to hold all the others. */
const atOnce = 4;
const duplicateKey = 11_000;

/**
 * Waits for a call to the server no longer than somebody else waits for its answer. `what` is how traces name it: the
 * operation and the collection.
 */
export type InTime = <T>(call: Promise<T>, what?: `${string} ${string}`) => Promise<T>;

/** A document to be stored where the one of `revision` is. */
export type Replacement = { write: string; revision: number; next: OrderDocument };

const writer = randomUUID().slice(0, 8);
let writes = 0;

/** How many writes a document remembers: more than others make while one looks whether its own was made. */
const remembered = 8;

/** What a document has become, as this process writes it now. */
export function replacement({ revision, writes: earlier = [] }: OrderDocument, next: OrderDocument): Replacement {
  const write = `${writer}-${++writes}`;
  return { write, revision, next: { ...next, writes: [write, ...earlier].slice(0, remembered) } };
}

/** What is read and written of single documents: what is asked at once is one command, and each gets its own answer. */
export type OrderBatches = {
  find(id: string): Promise<OrderDocument | undefined>;
  insert(document: OrderDocument): Promise<"added" | "exists">;
  /** @returns false when somebody else was faster: the document has another revision, or there is none. */
  replace(replacement: Replacement): Promise<boolean>;
};

/** Batches of calls to MongoDB's collection of orders. */
export function orderBatches(orders: Collection<OrderDocument>, inTime: InTime): OrderBatches {
  async function findAll(ids: readonly string[]): Promise<(OrderDocument | undefined)[]> {
    const unique = [...new Set(ids)];
    const [only] = unique;
    if (unique.length === 1 && only !== undefined) {
      const document = (await inTime(orders.findOne({ _id: only }), "find orders")) ?? undefined;
      return ids.map(() => document);
    }
    const documents = await inTime(orders.find({ _id: { $in: unique } }).toArray(), "find orders");
    const found = new Map(documents.map((document) => [document._id, document]));
    return ids.map((id) => found.get(id));
  }

  async function insertAll(documents: readonly OrderDocument[]): Promise<("added" | "exists")[]> {
    try {
      await inTime(orders.insertMany(documents, { ordered: false }), "insert orders");
      return documents.map(() => "added");
    } catch (error) {
      if (!(error instanceof MongoBulkWriteError) && !(error instanceof MongoServerError)) throw error;
      const failures = error instanceof MongoBulkWriteError ? [error.writeErrors].flat() : [];
      if (failures.length === 0 || failures.some(({ code }) => code !== duplicateKey)) throw error;
      const taken = new Set(failures.map(({ index }) => index));
      return documents.map((_, index) => (taken.has(index) ? "exists" : "added"));
    }
  }

  async function replaceAll(replacements: readonly Replacement[]): Promise<boolean[]> {
    const [first] = replacements;
    if (replacements.length === 1 && first) {
      const { matchedCount } = await inTime(orders.replaceOne(isStill(first), first.next), "update orders");
      return [matchedCount === 1];
    }
    const operations: AnyBulkWriteOperation<OrderDocument>[] = replacements.map((one) => ({
      replaceOne: { filter: isStill(one), replacement: one.next },
    }));
    const { matchedCount } = await inTime(orders.bulkWrite(operations, { ordered: false }), "update orders");
    if (matchedCount === replacements.length) return replacements.map(() => true);
    // The server only counts: which ones it was shows in what is stored now.
    const stored = await findAll(replacements.map(({ next }) => next._id));
    return replacements.map(({ write }, index) => stored[index]?.writes?.includes(write) ?? false);
  }

  return {
    find: batched(findAll, largestBatch, atOnce),
    insert: batched(insertAll, largestBatch, atOnce),
    replace: batched(replaceAll, largestBatch, atOnce),
  };
}

function isStill({ revision, next }: Replacement): Filter<OrderDocument> {
  return { _id: next._id, revision };
}
