import type { TakingsByMeans } from "#common/genproto/order/v1/staff_pb";
import { amountText } from "../../money/amount.ts";
import { meansWords } from "../../money/means.ts";

/** What was paid with what, and what of that went back. */
export function MeansTable({ means }: { means: readonly TakingsByMeans[] }) {
  return (
    <table class="table">
      <caption>By means of payment</caption>
      <thead>
        <tr>
          <th scope="col">Means</th>
          <th scope="col">Orders</th>
          <th scope="col">Taken</th>
          <th scope="col">Given back</th>
        </tr>
      </thead>
      <tbody>
        {means.map(({ means: by, orders, taken, refunded }) => (
          <tr key={`${by} ${taken?.currency}`}>
            <th scope="row">{meansWords(by)}</th>
            <td>{orders}</td>
            <td>{amountText(taken)}</td>
            <td>{refunded?.amount ? amountText(refunded) : "–"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
