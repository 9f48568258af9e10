import type { PutAside } from "#common/genproto/payment/v1/payment_pb";
import type { Dispute, Refund } from "#common/genproto/payment/v1/staff_pb";
import type { Staff } from "../api/client.ts";

/** Money that somebody has to look at, as far as it was asked for; `nextPageToken` is empty when that is all. */
export type MoneyShown = { putAside: PutAside[]; refunds: Refund[]; disputes: Dispute[]; nextPageToken: string };

/** The first pages of the money that was put aside, so many of them, with what is on its way. */
export async function moneyPages(
  staff: Pick<Staff, "listMoney">,
  most: number,
  signal?: AbortSignal,
): Promise<MoneyShown> {
  const shown: MoneyShown = { putAside: [], refunds: [], disputes: [], nextPageToken: "" };
  for (let page = 0; page < most; page++) {
    const { money } = await staff.listMoney({ pageToken: shown.nextPageToken }, signal && { signal });
    shown.putAside.push(...(money?.putAside ?? []));
    shown.refunds.push(...(money?.refunds ?? []));
    shown.disputes.push(...(money?.disputes ?? []));
    shown.nextPageToken = money?.nextPageToken ?? "";
    if (shown.nextPageToken === "") break;
  }
  return shown;
}
