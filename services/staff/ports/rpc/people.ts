import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import type { StaffService } from "#common/genproto/staff/v1/staff_pb";
import type { AskActs } from "../../adapters/acts.ts";
import type { Services } from "../../adapters/services.ts";
import { known } from "../../app/known.ts";
import { allowedTo, wireRoles } from "../access.ts";
import { callerOf } from "../caller.ts";

/** Who one is and what one may do; and, for the owner, what everybody did. */
export function peopleRpc(
  services: Services,
  askActs: AskActs,
): Pick<ServiceImpl<typeof StaffService>, "getMe" | "searchActs"> {
  return {
    async getMe(_request, context) {
      const { subject, name, roles, endsAt } = callerOf(context);
      const shop = await known("stock", [], services.stock.getShop({}));
      return {
        subject,
        name,
        roles: roles.map((role) => wireRoles[role]),
        allowed: allowedTo(roles),
        sessionEndsAt: timestampFromMs(endsAt),
        shop: shop?.shop,
      };
    },
    searchActs: ({ filter }) => askActs(filter ?? {}),
  };
}
