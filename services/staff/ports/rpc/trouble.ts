import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import type { StaffService } from "#common/genproto/staff/v1/staff_pb";
import type { Books } from "../../adapters/books.ts";
import type { Services } from "../../adapters/services.ts";

/** What came to nothing, what was found wrong, and whether the books agree. */
export function troubleRpc(
  services: Services,
  books: () => Promise<Books>,
): Pick<ServiceImpl<typeof StaffService>, "getTrouble" | "getBooks"> {
  return {
    async getTrouble() {
      const { stuck, findings } = await services.order.listTrouble({});
      return { stuck, findings };
    },
    async getBooks() {
      const { from, at, ...word } = await books();
      return { ...word, from: timestampFromMs(from), at: timestampFromMs(at) };
    },
  };
}
