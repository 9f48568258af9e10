import type { TakingsByMeans } from "#common/genproto/order/v1/staff_pb";
import { amountText } from "../../money/amount.ts";
import { meansWords } from "../../money/means.ts";
import { TakingsTable } from "./TakingsTable.tsx";

/** What was paid with what, and what of that went back. */
export function MeansTable({ means }: { means: readonly TakingsByMeans[] }) {
  return (
    <TakingsTable caption="By means of payment" heads={["Means", "Orders", "Taken", "Given back"]}>
      {means.map(({ means: by, orders, taken, refunded }) => (
        <tr key={`${by} ${taken?.currency}`}>
          <th scope="row">{meansWords(by)}</th>
          <td>{orders}</td>
          <td>{amountText(taken)}</td>
          <td>{refunded?.amount ? amountText(refunded) : "–"}</td>
        </tr>
      ))}
    </TakingsTable>
  );
}
