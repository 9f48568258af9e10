import { describe, expect, it } from "vitest";
import { isKind } from "#common/errors";
import { changeDish, count, restock } from "../domain/dish.ts";
import type { Product } from "../domain/product.ts";
import { commit, release } from "../domain/reservation.ts";
import type { StaffRepository } from "../domain/staffRepository.ts";
import type { StockRepository } from "../domain/stockRepository.ts";
import { anAct, anOrder, aProduct, ledgerOf, noPrices } from "../testing.ts";

type Stock = StockRepository & { readonly staff: StaffRepository };

/** What every implementation keeps to of dishes that leave the menu while orders hold units of them. */
export function retiredContract(name: string, open: (menu: readonly Product[]) => Promise<Stock>) {
  /** Tea that two orders hold units of, one of them with cake; then it is retired. */
  async function given() {
    const stock = await open([aProduct("tea"), aProduct("cake")]);
    const [mixed, plain] = [anOrder({ tea: 3, cake: 1 }), anOrder({ tea: 2 })];
    await stock.reserve([mixed, plain], noPrices);
    const { available: _a, reserved: _r, sold: _s, ...fields } = { ...aProduct("tea"), hidden: true };
    await stock.staff.perform(anAct("dish.change", "tea"), (found) => changeDish(found, fields, 1, undefined));
    return { stock, mixed, plain };
  }

  describe(`a retired dish in ${name}`, () => {
    it("is ordered by nobody any more", async () => {
      const { stock } = await given();
      const [late] = await stock.reserve([anOrder({ tea: 1 })], noPrices);
      expect(late).toMatchObject({ outcome: "rejected", unknownProductIds: ["tea"] });
    });

    it("is sold to who holds it, and given back, with the other dishes of their orders", async () => {
      const { stock, mixed, plain } = await given();
      await stock.update(mixed.orderId, commit);
      await stock.update(plain.orderId, release);
      expect(await ledgerOf(stock)).toEqual({ tea: [7, 0, 3], cake: [9, 0, 1] });
    });

    it("is sold to who paid after it went back, while it is there", async () => {
      const { stock, plain } = await given();
      await stock.update(plain.orderId, release);
      expect(await stock.update(plain.orderId, commit)).toMatchObject({ changed: true });
      expect(await ledgerOf(stock)).toMatchObject({ tea: [5, 3, 2] });
    });

    it("is restocked and counted, and never to less than is held", async () => {
      const { stock } = await given();
      await stock.staff.perform(anAct("dish.restock", "tea"), (found) => restock(found, 5));
      await stock.staff.perform(anAct("dish.count", "tea"), (found) => count(found, 9));
      const tooFew = stock.staff.perform(anAct("dish.count", "tea"), (found) => count(found, 4));
      await expect(tooFew).rejects.toSatisfy((error) => isKind(error, "conflict"));
      const [tea] = await stock.staff.units();
      expect(tea).toEqual({ id: "tea", initial: 10, moved: -1, available: 4, reserved: 5, sold: 0 });
    });
  });
}
