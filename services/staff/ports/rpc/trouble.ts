import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import type { StaffService } from "#common/genproto/staff/v1/staff_pb";
import { keepBooks } from "../../adapters/books.ts";
import type { Services } from "../../adapters/services.ts";

/** What came to nothing, what was found wrong, and whether the books agree. */
export function troubleRpc(
  services: Services,
  now: () => number,
): Pick<ServiceImpl<typeof StaffService>, "getTrouble" | "getBooks"> {
  const books = keepBooks(services, now);
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
