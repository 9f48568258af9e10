import fc from "fast-check";
import { expect, test } from "vitest";
import type { ActRecord } from "#common/genproto/common/v1/act_pb";
import { behind, record } from "../testing/fakes.ts";
import { servedBy } from "../testing/staff.ts";
import { actsOf } from "./acts.ts";
import { servicesOn } from "./services.ts";

function given() {
  const shop = behind();
  return { shop, services: { ...servicesOn(servedBy(shop.routes)), ownActs: shop.ownActs } };
}

const idsOf = (records: readonly ActRecord[]) => records.map(({ id }) => id);

/** Page by page, to the end. */
async function readAll(services: Parameters<typeof actsOf>[0], pageSize: number, meanwhile = () => {}) {
  const ids: string[] = [];
  for (let pageToken: string | undefined; pageToken !== ""; ) {
    const page = await actsOf(services, { pageSize, pageToken: pageToken ?? "" });
    ids.push(...idsOf(page.records));
    pageToken = page.nextPageToken;
    meanwhile();
  }
  return ids;
}

test("the acts of all services come as one list, newest first", async () => {
  const { shop, services } = given();
  shop.acts = {
    order: [record("a", 1), record("d", 4)],
    stock: [record("c", 3)],
    payment: [],
    staff: [record("b", 2)],
  };
  const { records, nextPageToken, unavailable } = await actsOf(services, {});
  expect([idsOf(records), nextPageToken, unavailable]).toEqual([["d", "c", "b", "a"], "", []]);
});

test("page by page every act comes once, however they are spread and however many share a moment", async () => {
  const times = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(times, times, times, fc.integer({ min: 1, max: 7 }), async (order, stock, staff, pageSize) => {
      const { shop, services } = given();
      const some = (of: string, all: number[]) =>
        all.map((at, index) => record(`${of}${String(index).padStart(2, "0")}`, at));
      shop.acts = { order: some("o", order), stock: some("s", stock), payment: [], staff: some("p", staff) };
      const all = [...shop.acts.order, ...shop.acts.stock, ...shop.acts.staff];
      const read = await readAll(services, pageSize);
      expect([...read].sort()).toEqual(idsOf(all).sort());
      const atOf = new Map(all.map(({ id, at }) => [id, Number(at?.seconds) * 1_000 + (at?.nanos ?? 0) / 1e6]));
      expect(read.map((id) => atOf.get(id))).toEqual([...read.map((id) => atOf.get(id) ?? 0)].sort((a, b) => b - a));
    }),
    { numRuns: 60 },
  );
});

test("the largest pages leave nothing out of a service that has more than it gives at once", async () => {
  const { shop, services } = given();
  shop.acts.stock = Array.from({ length: 400 }, (_, index) => record(`s${index}`, 1_000 + index));
  shop.acts.order = Array.from({ length: 100 }, (_, index) => record(`o${index}`, 1 + index));
  const ids = await readAll(services, 200);
  expect([ids.length, new Set(ids).size]).toEqual([500, 500]);
});

test("what is done meanwhile is shown neither twice nor in a later page", async () => {
  const { shop, services } = given();
  shop.acts.order = [1, 2, 3, 4, 5].map((at) => record(`o${at}`, at));
  let at = 10;
  const ids = await readAll(services, 2, () => shop.acts.order.push(record(`new${at}`, at++)));
  expect(ids).toEqual(["o5", "o4", "o3", "o2", "o1"]);
});

test("a service that is away is named, and takes its part in the next page", async () => {
  const { shop, services } = given();
  shop.acts = { order: [record("o3", 3), record("o1", 1)], stock: [record("s2", 2)], payment: [], staff: [] };
  shop.away.add("stock");
  const first = await actsOf(services, { pageSize: 1 });
  expect([idsOf(first.records), first.unavailable]).toEqual([["o3"], ["stock"]]);
  shop.away.clear();
  expect(idsOf((await actsOf(services, { pageToken: first.nextPageToken })).records)).toEqual(["s2", "o1"]);
});

test.each(["1", "bm90IGpzb24", "WzEsMl0"])("a cursor that is none of ours (%s) is refused", async (pageToken) => {
  await expect(actsOf(given().services, { pageToken })).rejects.toMatchObject({ kind: "invalid" });
});
