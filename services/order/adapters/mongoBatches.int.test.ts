import { randomBytes } from "node:crypto";
import { type Collection, MongoClient } from "mongodb";
import { expect, inject, onTestFinished, test } from "vitest";

type Doc = { _id: string; revision: number; writer?: string; dueAt?: Date };

/** As many as an order service writes in one command, and more than the hundred connections that FerretDB has to SQLite. */
const many = 120;

/** Two clients of one collection, which is gone with the test. */
async function open(documents: readonly Doc[]): Promise<[Collection<Doc>, Collection<Doc>]> {
  const name = `batch_test_${randomBytes(6).toString("hex")}`;
  const clients = [0, 1].map(() => new MongoClient(inject("stack").mongodbUrl, { retryWrites: false }));
  onTestFinished(async () => {
    await clients[0]?.db(name).dropDatabase();
    await Promise.all(clients.map((client) => client.close()));
  });
  const [one, two] = clients.map((client) => client.db(name).collection<Doc>("orders"));
  if (!one || !two) throw new Error("two clients have two collections");
  await one.createIndex({ dueAt: 1 }, { sparse: true });
  await one.insertMany([...documents], { ordered: false });
  return [one, two];
}

const numbered = (count: number): Doc[] => Array.from({ length: count }, (_, at) => ({ _id: `o${at}`, revision: 1 }));

/** One command that gives each document its next revision, if it still has the one that was read. */
async function replaceAll(collection: Collection<Doc>, read: readonly Doc[], writer: string): Promise<number> {
  const writes = read.map(({ _id, revision }) => ({
    replaceOne: { filter: { _id, revision }, replacement: { _id, revision: revision + 1, writer } },
  }));
  return (await collection.bulkWrite(writes, { ordered: false })).matchedCount;
}

test("of two writers of the same revisions exactly one wins each, and both are told how many", async () => {
  const documents = numbered(many);
  const [one, two] = await open(documents);
  for (let round = 0; round < 10; round++) {
    const read = await one.find({ _id: { $in: documents.map(({ _id }) => _id) } }).toArray();
    expect(read).toHaveLength(many);
    // Against each other's order, and in several commands each, so that neither wins all.
    const halves = [read.slice(many / 2), read.slice(0, many / 2)];
    const [ones, twos] = await Promise.all([
      Promise.all(halves.map((half) => replaceAll(one, half, "one"))),
      Promise.all(halves.toReversed().map((half) => replaceAll(two, half, "two"))),
    ]);
    const after = await two.find({}).toArray();
    const written = (writer: string) => after.filter((document) => document.writer === writer).length;
    expect([written("one"), written("two")]).toEqual([ones, twos].map(([a = 0, b = 0]) => a + b));
    expect(after.every(({ revision }) => revision === round + 2)).toBe(true);
  }
});

test("writers who read and write batches without regard for each other lose no write and invent none", async () => {
  const documents = numbered(20);
  const collections = await open(documents);
  const ids = documents.map(({ _id }) => _id);
  const counts = await Promise.all(
    collections.map(async (collection, at) => {
      let matched = 0;
      for (let round = 0; round < 25; round++) {
        const read = await collection.find({ _id: { $in: ids } }).toArray();
        matched += await replaceAll(collection, read, String(at));
        await collection.insertOne({ _id: `new-${at}-${round}`, revision: 1 });
      }
      return matched;
    }),
  );
  const after = await collections[0].find({ _id: { $in: ids } }).toArray();
  const grown = after.reduce((sum, { revision }) => sum + revision - 1, 0);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(grown);
});

test("a replacement that finds nothing leaves the others of its batch alone", async () => {
  const documents = numbered(many);
  const [one] = await open(documents);
  const stale = documents.map((document, at) => (at === 4 ? { ...document, revision: 7 } : document));
  const gone = { _id: "nobody", revision: 1 };
  expect(await replaceAll(one, [...stale, gone], "one")).toBe(many - 1);
  const untouched = await one.find({ writer: { $exists: false } }).toArray();
  expect(untouched).toEqual([documents[4]]);
});

test("a document that a batch writes twice has both effects, the second on top of the first", async () => {
  const [one] = await open(numbered(2));
  const twice = { updateOne: { filter: { _id: "o0" }, update: { $inc: { revision: 1 } } } };
  const result = await one.bulkWrite([
    twice,
    twice,
    { replaceOne: { filter: { revision: 3 }, replacement: { revision: 10 } } },
  ]);
  expect([result.matchedCount, result.modifiedCount]).toEqual([3, 3]);
  expect((await one.find({}, { sort: { _id: 1 } }).toArray()).map(({ revision }) => revision)).toEqual([10, 1]);
});

test("a list of ids finds those that are there, each once", async () => {
  const [one] = await open(numbered(5));
  const found = await one.find({ _id: { $in: ["o3", "nobody", "o1", "o3"] } }).toArray();
  expect(found.map(({ _id }) => _id).toSorted()).toEqual(["o1", "o3"]);
  expect(await one.find({ _id: { $in: [] } }).toArray()).toEqual([]);
});

test("what is due comes oldest first, as many as are asked for", async () => {
  const due = (at: number) => new Date(1_800_000_000_000 + at);
  const documents = [5, 3, 9, 1, 7].map((at) => ({ _id: `o${at}`, revision: 1, dueAt: due(at) }));
  const [one] = await open([...documents, { _id: "never", revision: 1 }]);
  const found = await one.find({ dueAt: { $lte: due(7) } }, { sort: { dueAt: 1 }, limit: 3 }).toArray();
  expect(found.map(({ _id }) => _id)).toEqual(["o1", "o3", "o5"]);
});
