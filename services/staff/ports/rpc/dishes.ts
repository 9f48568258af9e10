import type { ServiceImpl } from "@connectrpc/connect";
import type { StaffService } from "#common/genproto/staff/v1/staff_pb";
import type { Services } from "../../adapters/services.ts";
import { actOf } from "../caller.ts";

type Rpc = Pick<ServiceImpl<typeof StaffService>, "setSoldOut" | "listDishes" | "putDish" | "moveStock" | "setShop">;

/** The menu, what is left of it, and whether the shop is open. */
export function dishRpc({ stock }: Pick<Services, "stock">): Rpc {
  return {
    async listDishes() {
      const [{ dishes }, { shop }] = await Promise.all([stock.listDishes({}), stock.getShop({})]);
      return { dishes, shop };
    },
    async setSoldOut(request, context) {
      const { productId, soldOut } = request;
      const { dish } = await stock.setSoldOut({ act: actOf(request, context), productId, soldOut });
      return { dish };
    },
    async putDish(request, context) {
      const { dish: wanted, expectedVersion } = request;
      const { dish } = await stock.putDish({ act: actOf(request, context), dish: wanted, expectedVersion });
      return { dish };
    },
    async moveStock(request, context) {
      const { productId, quantity } = request;
      const { dish } = await stock.moveStock({ act: actOf(request, context, { required: true }), productId, quantity });
      return { dish };
    },
    async setShop(request, context) {
      const { shop } = await stock.setShop({ act: actOf(request, context), shop: request.shop });
      return { shop };
    },
  };
}
