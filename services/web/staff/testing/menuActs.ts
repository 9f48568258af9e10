import { clone, create } from "@bufbuild/protobuf";
import { Code, type ServiceImpl } from "@connectrpc/connect";
import type { StaffService } from "#common/genproto/staff/v1/staff_pb";
import { DishSchema } from "#common/genproto/stock/v1/staff_pb";
import { type FakeState, refusal } from "./state.ts";

type Acts = Pick<ServiceImpl<typeof StaffService>, "listDishes" | "setSoldOut" | "putDish" | "moveStock" | "setShop">;

/** What is done with dishes and the shop. */
export function menuActs(state: FakeState): Acts {
  function find(productId: string) {
    const dish = state.dishes.find((each) => each.productId === productId);
    if (!dish) throw refusal(Code.NotFound, `there is no dish ${productId}`);
    return dish;
  }
  return {
    listDishes: () => ({ dishes: state.dishes.map((dish) => clone(DishSchema, dish)), shop: state.shop }),
    setSoldOut({ productId, soldOut }) {
      const dish = find(productId);
      dish.soldOut = soldOut;
      return { dish };
    },
    putDish({ dish, expectedVersion, reason }) {
      if (!dish?.name || !reason) throw refusal(Code.InvalidArgument, "a dish has a name, and an act a reason");
      if ((dish.unitPrice?.amount ?? 0n) < 50n)
        throw refusal(Code.InvalidArgument, "the price is below 0.50 EUR, the least that the provider takes");
      const known = state.dishes.find(({ productId }) => productId === dish.productId);
      if (expectedVersion === 0n && known)
        throw refusal(Code.AlreadyExists, `there is a dish ${dish.productId} already`);
      if (expectedVersion === 0n) {
        const made = create(DishSchema, { ...dish, version: 1n });
        state.dishes.push(made);
        return { dish: made };
      }
      const before = find(dish.productId);
      if (before.version !== expectedVersion) throw refusal(Code.FailedPrecondition, "Olga Owner changed it meanwhile");
      const { available, reserved, sold, soldOut } = before;
      const changed = create(DishSchema, { ...dish, available, reserved, sold, soldOut, version: before.version + 1n });
      state.dishes = state.dishes.map((each) => (each === before ? changed : each));
      return { dish: changed };
    },
    moveStock({ productId, quantity, reason }) {
      const dish = find(productId);
      if (!reason) throw refusal(Code.InvalidArgument, "say why");
      const available =
        quantity.case === "restock" ? dish.available + quantity.value : (quantity.value ?? 0) - dish.reserved;
      if (available < 0)
        throw refusal(Code.FailedPrecondition, `${dish.reserved} units are reserved: there cannot be fewer`);
      dish.available = available;
      return { dish };
    },
    setShop({ shop, reason }) {
      if (!shop || !reason) throw refusal(Code.InvalidArgument, "say why");
      state.shop = shop;
      return { shop };
    },
  };
}
