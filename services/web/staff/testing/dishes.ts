import { create } from "@bufbuild/protobuf";
import { type Dish, DishSchema } from "#common/genproto/stock/v1/staff_pb";

type Line = readonly [id: string, name: string, category: string, price: bigint, available: number, sold: number];

const menu: readonly Line[] = [
  ["burrata", "Burrata, peach and basil", "Starters", 1150n, 14, 31],
  ["gyoza", "Gyoza with black vinegar", "Starters", 890n, 42, 58],
  ["margherita", "Margherita", "Pizza", 1050n, 23, 96],
  ["diavola", "Diavola", "Pizza", 1290n, 4, 41],
  ["ramen", "Miso ramen", "Mains", 1450n, 18, 77],
  ["curry", "Green curry with rice", "Mains", 1390n, 0, 64],
  ["tiramisu", "Tiramisù", "Desserts", 690n, 9, 33],
  ["flat-white", "Flat white", "Drinks", 380n, 120, 88],
];

/** A menu as a restaurant has it on a Friday at eight. */
export function someDishes(): Dish[] {
  return menu.map(([productId, name, category, amount, available, sold], index) =>
    create(DishSchema, {
      productId,
      name,
      category,
      description: `${name}, made here tonight.`,
      unitPrice: { amount, currency: "eur" },
      available,
      sold,
      reserved: (index * 3) % 7,
      position: (index + 1) * 10,
      version: 1n,
      soldOut: productId === "curry",
      hidden: productId === "tiramisu",
    }),
  );
}
