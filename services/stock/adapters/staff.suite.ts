import { describe, expect, it } from "vitest";
import { AppError, isKind } from "#common/errors";
import { actContract, type Wish } from "#common/testing/act.suite";
import type { Done } from "../domain/acts.ts";
import type { Allergen } from "../domain/allergens.ts";
import { changeDish, count, createDish, restock, setSoldOut } from "../domain/dish.ts";
import type { Product } from "../domain/product.ts";
import type { StaffRepository } from "../domain/staffRepository.ts";
import type { StockRepository } from "../domain/stockRepository.ts";
import { anAct, anOrder, aProduct, ledgerOf, noPrices } from "../testing.ts";

type Stock = StockRepository & { readonly staff: StaffRepository };

/** What every implementation of {@link StaffRepository} keeps to. `open` gives one with nothing but the products. */
export function staffContract(name: string, open: (menu: readonly Product[]) => Promise<Stock>) {
  const one = { limit: 50 };
  const all = async ({ staff }: Stock) => (await staff.acts({}, one)).map(({ id }) => id);
  const kindOf = (call: Promise<Done>) =>
    call.then(
      () => "done",
      (error) => (error as AppError).kind,
    );

  actContract(name, async () => {
    const stock = await open([aProduct("tea")]);
    const perform = (wish: Wish, units: number) =>
      stock.staff.perform(anAct("dish.restock", "tea", wish), (found) => restock(found, units));
    return {
      act: (wish) => perform(wish, wish.content === "this" ? 5 : 6),
      refusedAct: (wish) => perform(wish, -99),
      effects: async () => (await stock.staff.movements("tea", one)).length,
      records: () => stock.staff.acts({}, one),
    };
  });

  describe(`staff in ${name}`, () => {
    it("bring units: the dish, its movement and the act's record say the same", async () => {
      const stock = await open([aProduct("tea"), aProduct("cake")]);
      const act = anAct("dish.restock", "tea", { reason: "delivered" });
      const done = await stock.staff.perform(act, (found) => restock(found, 5));
      const movement = { id: act.id, productId: "tea", quantity: 5, subject: "olga", reason: "delivered", at: act.at };
      expect(done).toEqual({ dish: { ...aProduct("tea"), available: 15 }, movement });
      expect(await ledgerOf(stock)).toEqual({ tea: [15, 0, 0], cake: [10, 0, 0] });
      expect(await stock.staff.movements("tea", one)).toEqual([movement]);
      expect(await stock.staff.movements("cake", one)).toEqual([]);
      const { content: _, ...asked } = act;
      const changes = { before: '{"available":10}', after: '{"available":15}', refusal: "" };
      expect(await stock.staff.acts({}, one)).toEqual([{ ...asked, ...changes }]);
    });

    it("hear the same again for the same act, and nothing more is changed, also when it is repeated at the same time", async () => {
      const stock = await open([aProduct("tea")]);
      const act = anAct("dish.restock", "tea");
      const perform = (units: number) => stock.staff.perform(act, (found) => restock(found, units));
      const answers = await Promise.all(Array.from({ length: 10 }, () => perform(5)));
      await stock.reserve([anOrder({ tea: 3 })], noPrices);
      answers.push(await stock.staff.perform({ ...act, at: new Date(0) }, (found) => restock(found, 5)));
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      expect(await ledgerOf(stock)).toEqual({ tea: [12, 3, 0] });
      expect(await all(stock)).toEqual([act.id]);
    });

    it("cannot use an act's id for another one", async () => {
      const stock = await open([aProduct("tea")]);
      const act = anAct("dish.restock", "tea");
      await stock.staff.perform(act, (found) => restock(found, 5));
      for (const other of [{ action: "dish.count" }, { content: "other" }, { subject: "boris" }])
        expect(await kindOf(stock.staff.perform({ ...act, ...other }, (found) => count(found, 0)))).toBe(
          "idempotency_key_reused",
        );
      expect(await ledgerOf(stock)).toEqual({ tea: [15, 0, 0] });
      expect(await all(stock)).toEqual([act.id]);
    });

    it("are recorded when they are refused, change nothing by it, and are refused again when they repeat it", async () => {
      const stock = await open([aProduct("tea")]);
      await stock.reserve([anOrder({ tea: 8 })], noPrices);
      const act = anAct("dish.restock", "tea");
      const perform = () => stock.staff.perform(act, (found) => restock(found, -3));
      await expect(perform()).rejects.toThrow("7 units would be left, and 8 are reserved for orders");
      await stock.staff.perform(anAct("dish.restock", "tea"), (found) => restock(found, 10));
      await expect(perform()).rejects.toSatisfy((error) => isKind(error, "conflict"));
      expect(await ledgerOf(stock)).toEqual({ tea: [12, 8, 0] });
      const record = (await stock.staff.acts({}, one)).find(({ id }) => id === act.id);
      expect(record).toMatchObject({
        before: "{}",
        after: "{}",
        refusal: "7 units would be left, and 8 are reserved for orders",
      });
      expect(await stock.staff.movements("tea", one)).toHaveLength(1);
    });

    it("leave no record of what failed for a reason of ours", async () => {
      const stock = await open([aProduct("tea")]);
      const fail = (error: Error) =>
        stock.staff.perform(anAct("dish.restock", "tea"), () => {
          throw error;
        });
      await expect(fail(new Error("a fault"))).rejects.toThrow("a fault");
      await expect(fail(new AppError("unavailable", "away"))).rejects.toThrow("away");
      expect(await all(stock)).toEqual([]);
    });

    it("count what is there, reserved units too, also when that changes nothing", async () => {
      const stock = await open([aProduct("tea")]);
      await stock.reserve([anOrder({ tea: 4 })], noPrices);
      const counted = (units: number) =>
        stock.staff.perform(anAct("dish.count", "tea"), (found) => count(found, units));
      expect(await counted(4)).toMatchObject({ movement: { quantity: -6 } });
      expect(await counted(4)).toMatchObject({ movement: { quantity: 0 } });
      expect(await ledgerOf(stock)).toEqual({ tea: [0, 4, 0] });
      expect(await kindOf(counted(3))).toBe("conflict");
    });

    it("keep the equation while guests order and others count and restock at the same time", async () => {
      const stock = await open([aProduct("tea", { available: 100 })]);
      await Promise.all(
        Array.from({ length: 40 }, async (_, index) => {
          if (index % 2) return stock.reserve([anOrder({ tea: 1 })], noPrices);
          const act = anAct("dish.move", "tea");
          return stock.staff.perform(act, (found) => (index % 4 ? count(found, 60 + index) : restock(found, 3)));
        }),
      );
      const movements = await stock.staff.movements("tea", one);
      const moved = movements.reduce((sum, { quantity }) => sum + quantity, 0);
      const [tea] = await stock.products();
      expect((tea?.available ?? 0) + (tea?.reserved ?? 0)).toBe(100 + moved);
      expect(tea).toMatchObject({ reserved: 20 });
      expect(movements).toHaveLength(20);
      const { available = 0, reserved = 0, sold = 0 } = tea ?? {};
      expect(await stock.staff.units()).toEqual([{ id: "tea", initial: 100, moved, available, reserved, sold }]);
    });

    it("make a dish with every field, in its place on the menu, and only one of an id", async () => {
      const stock = await open([aProduct("tea")]);
      const { name, description, category, emoji, unitPrice } = aProduct("soup", {
        name: '<img src=x onerror="alert(1)"> Phở 🍜',
        description: "hot'\\\"; DROP",
      });
      const allergens: Allergen[] = ["fish", "soy"];
      const image = "https://pictures.example/phở.webp";
      const translations = { vi: { name: "Phở 'bò' \"đặc biệt\"" }, zh: { name: "河粉", category: "汤" } };
      const told = { name, description, category, emoji, allergens, image, translations };
      const fields = { ...told, unitPrice, hidden: false, position: -1 };
      const make = () =>
        stock.staff.perform(anAct("dish.create", "soup"), (found) => createDish(found, "soup", fields));
      const answers = await Promise.all([make(), make(), make()].map(kindOf));
      expect(answers.sort()).toEqual(["done", "exists", "exists"]);
      const [soup, ...others] = await stock.products();
      expect(soup).toEqual({ ...aProduct("soup"), ...fields, available: 0 });
      expect(others).toHaveLength(1);
      expect(await all(stock)).toHaveLength(3);
    });

    it("tell a dish that contains nothing from one of which nobody has said, and change that", async () => {
      const stock = await open([
        aProduct("tea", { allergens: [] }),
        aProduct("cake"),
        aProduct("pie", { allergens: ["eggs"] }),
      ]);
      const known = async () =>
        Object.fromEntries((await stock.products()).map(({ id, allergens }) => [id, allergens]));
      expect(await known()).toEqual({ tea: [], cake: undefined, pie: ["eggs"] });
      const change = (dish: string, allergens: Allergen[]) =>
        stock.staff.perform(anAct("dish.change", dish), (found) =>
          changeDish(found, { ...aProduct(dish), allergens, image: "/pictures/a.svg" }, 1, undefined),
        );
      await change("cake", ["milk", "nuts"]);
      await change("pie", []);
      expect(await known()).toEqual({ tea: [], cake: ["milk", "nuts"], pie: [] });
      expect((await stock.products(["pie"]))[0]?.image).toBe("/pictures/a.svg");
    });

    it("keep a menu's words in other languages, through changes of units too", async () => {
      const translations = { de: { name: "Tee", category: "Getränke" } };
      const stock = await open([aProduct("tea", { translations }), aProduct("cake")]);
      await stock.staff.perform(anAct("dish.restock", "tea"), (found) => restock(found, 5));
      await stock.reserve([anOrder({ tea: 1, cake: 1 })], noPrices);
      const kept = (await stock.products()).map((product) => [product.id, product.translations]);
      expect(Object.fromEntries(kept)).toEqual({ tea: translations, cake: undefined });
    });

    it("find earlier acts on a dish when they ask for them, and the currency of the other dishes", async () => {
      const yen = { amount: 500, currency: "jpy" };
      const stock = await open([aProduct("tea"), aProduct("cake", { unitPrice: yen })]);
      const sellOut = anAct("dish.sell_out", "tea");
      await stock.staff.perform(sellOut, (found) => setSoldOut(found, true));
      await kindOf(stock.staff.perform(anAct("dish.restock", "tea"), (found) => restock(found, -99)));
      await stock.staff.perform(anAct("dish.sell_out", "cake"), (found) => setSoldOut(found, true));
      const price = { amount: 300, currency: "eur" };
      const change = anAct("dish.change", "tea");
      const changed = stock.staff.perform(
        change,
        (found) => {
          expect(found.history.map(({ id }) => id)).toEqual([sellOut.id]);
          expect(found.currency).toBe("jpy");
          return changeDish(found, { ...aProduct("tea"), unitPrice: price }, 1, undefined);
        },
        { history: true },
      );
      await expect(changed).rejects.toThrow("The menu's prices are in JPY, not in EUR");
    });

    it("close the shop and open it, and every replica sees it", async () => {
      const stock = await open([]);
      expect(await stock.shop()).toEqual({ closed: false, sentence: "" });
      const closed = { closed: true, sentence: "Back at 17:00 😴" };
      await stock.staff.perform(anAct("shop.close", "shop"), () => ({ shop: closed }));
      expect(await stock.shop()).toEqual(closed);
      const [record] = await stock.staff.acts({ target: "shop" }, one);
      expect(record).toMatchObject({ before: '{"closed":false,"sentence":""}', after: JSON.stringify(closed) });
    });

    it("find records by who, what, on what and when, a page at a time, the newest first", async () => {
      const stock = await open([aProduct("tea"), aProduct("cake")]);
      const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second, 123));
      const given = [
        anAct("dish.sell_out", "tea", { at: at(1) }),
        anAct("dish.sell_out", "cake", { at: at(2), subject: "boris" }),
        anAct("dish.restock", "tea", { at: at(3) }),
        anAct("dish.restock", "tea", { at: at(3) }),
      ];
      for (const act of given) await stock.staff.perform(act, (found) => restock(found, 1));
      const ids = given.map(({ id }) => id);
      const found = async (filter: object) =>
        (await stock.staff.acts(filter, one)).map(({ id }) => ids.indexOf(id)).sort();
      expect(await found({ subject: "boris" })).toEqual([1]);
      expect(await found({ action: "dish.sell_out" })).toEqual([0, 1]);
      expect(await found({ action: "dish.sell_out", target: "tea" })).toEqual([0]);
      expect(await found({ from: at(2), until: at(3) })).toEqual([1, 2, 3]);
      expect(await found({ subject: "' OR 1=1 --" })).toEqual([]);
      const pages: string[] = [];
      let after: { at: Date; id: string } | undefined;
      for (;;) {
        const [next] = await stock.staff.acts({}, { limit: 1, after });
        if (!next) break;
        pages.push(next.id);
        after = next;
      }
      expect(pages.slice(2)).toEqual([ids[1], ids[0]]);
      expect(pages.slice(0, 2).sort()).toEqual([ids[2], ids[3]].sort());
      const moved = await stock.staff.movements("tea", { limit: 2 });
      expect(moved.map(({ at }) => at)).toEqual([at(3), at(3)]);
    });
  });
}
