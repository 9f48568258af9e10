import { expect, it } from "vitest";
import { anOrder, aReservation, faultsWith, type Part, tea } from "./testing.ts";

it.each<[string, Part, string[]]>([
  [
    "a unit too many",
    { products: [{ ...tea, available: 15 }] },
    ["product tea: 15 available + 2 reserved + 4 sold are 21 units, it began with 20"],
  ],
  [
    "a movement of which the piles know nothing",
    { products: [{ ...tea, moved: -3 }] },
    ["product tea: 14 available + 2 reserved + 4 sold are 20 units, it began with 20 and staff added -3"],
  ],
  ["a pile below zero", { products: [{ ...tea, available: -1, initial: 5 }] }, ["product tea: -1 units are available"]],
  [
    "a unit in the wrong pile",
    { products: [{ ...tea, reserved: 1, sold: 5 }] },
    [
      "product tea: 1 units are reserved, but 2 by its reservations",
      "product tea: 5 units are sold, but 4 by its reservations",
    ],
  ],
  [
    "units of a product that is gone",
    {
      reservations: [aReservation("ready", "committed", { lines: [{ productId: "cake", quantity: 2 }] })],
      orders: [anOrder("ready", "ready", { lines: [{ productId: "cake", quantity: 2 }] })],
      products: [{ ...tea, available: 16, sold: 2 }],
    },
    ["product cake: reservations hold units of it, and it does not exist"],
  ],
])("of stock is named: %s", (_, planted, faults) => {
  expect(faultsWith(planted)).toEqual(faults);
});

it("a product balances with what staff added and took away", () => {
  expect(faultsWith({ products: [{ ...tea, initial: 0, moved: 20 }] })).toEqual([]);
});
