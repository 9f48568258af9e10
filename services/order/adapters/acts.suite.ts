import { describe, expect, it } from "vitest";
import type { ActRecord } from "../domain/act.ts";
import type { Order } from "../domain/order.ts";
import type { RefusedAct } from "../domain/orderRecords.ts";
import type { OrderRepository } from "../domain/orderRepository.ts";
import { anAct } from "../testing/acts.ts";
import { placed, stamp } from "../testing/orders.ts";

type Fields = Parameters<typeof placed>[0];

/** How every store of orders lists what staff did and were refused. `open` gives two replicas on one empty store. */
export function actsContract(name: string, open: () => Promise<[OrderRepository, OrderRepository]>) {
  const stored = async (orders: OrderRepository, fields: Fields = {}): Promise<Order> => {
    const order = placed(fields);
    await orders.add(order);
    return order;
  };
  const all = { limit: 100 };

  describe(`the acts in ${name}`, () => {
    it("lists acts that were done and that were refused, newest first, filtered, page by page", async () => {
      const [one, two] = await open();
      const [a, b] = [(await stored(one)).snapshot.id, (await stored(one)).snapshot.id];
      const acts = [
        anAct(1, { target: a }),
        anAct(2, { target: b, subject: "bob", action: "ticket.take" }),
        anAct(3, { target: a, action: "order.refund" }),
        anAct(3, { target: b }),
      ];
      for (const act of acts)
        await one.update(act.target, (order) => {
          order.record(act);
          return true;
        });
      const refused: RefusedAct = { ...anAct(4, { target: a, refusal: "no" }), kind: "conflict" };
      await one.refuse(refused);
      await two.refuse({ ...refused, refusal: "another word" });
      expect([await two.refusal(refused.id), await two.refusal("another")]).toEqual([refused, undefined]);
      const { kind: _, ...shown } = refused;
      const newest = [shown, ...acts.toSorted((x, y) => y.at.getTime() - x.at.getTime() || (x.id < y.id ? 1 : -1))];
      expect(await two.acts({}, all)).toEqual(newest);
      const of = async (filter: Parameters<OrderRepository["acts"]>[0]) =>
        (await two.acts(filter, all)).map(({ id }) => id);
      const those = (wanted: (act: ActRecord) => boolean) => newest.filter(wanted).map(({ id }) => id);
      expect(await of({ subject: "bob" })).toEqual(those(({ subject }) => subject === "bob"));
      expect(await of({ action: "order.refund" })).toEqual(those(({ action }) => action === "order.refund"));
      expect(await of({ target: a })).toEqual(those(({ target }) => target === a));
      expect(await of({ from: stamp(2).at, until: stamp(4).at })).toEqual(
        those(({ at }) => at >= stamp(2).at).slice(1),
      );
      expect(await of({ subject: '{"$gt":""}' })).toEqual([]);
      const seen: string[] = [];
      let page = await two.acts({}, { limit: 2 });
      while (page.length > 0) {
        seen.push(...page.map(({ id }) => id));
        const last = page.at(-1) ?? anAct(0);
        page = await two.acts({}, { limit: 2, before: { at: last.at, id: last.id } });
      }
      expect(seen).toEqual(newest.map(({ id }) => id));
    });

    it("lists every act once, also of orders that staff came back to, and of many at one moment", async () => {
      const [one] = await open();
      const ids = await Promise.all(Array.from({ length: 60 }, async () => (await stored(one)).snapshot.id));
      const record = async (id: string, ...acts: ActRecord[]) => {
        await one.update(id, (order) => {
          for (const act of acts) order.record({ ...act, target: id });
          return true;
        });
        return acts.map(({ id: act }) => act);
      };
      const made = await Promise.all(
        ids.map((id, index) =>
          record(id, anAct(5), ...(index % 20 === 0 ? [anAct(9 + index, { subject: "bob" })] : [])),
        ),
      );
      const seen: string[] = [];
      let page = await one.acts({}, { limit: 25 });
      while (page.length > 0) {
        seen.push(...page.map(({ id }) => id));
        const last = page.at(-1) ?? anAct(0);
        page = await one.acts({}, { limit: 25, before: { at: last.at, id: last.id } });
      }
      expect(seen).toHaveLength(63);
      expect(seen.toSorted()).toEqual(made.flat().toSorted());
      expect((await one.acts({ subject: "bob" }, all)).map(({ at }) => at)).toEqual(
        [49, 29, 9].map((seconds) => stamp(seconds).at),
      );
      const before = await one.acts({ until: stamp(9).at }, all);
      expect(new Set(before.map(({ at }) => at.getTime()))).toEqual(new Set([stamp(5).at.getTime()]));
      expect(before).toHaveLength(60);
    });
  });
}
