import type { Money } from "../api/types.ts";
import { formatMoney } from "../format/money.ts";

/** One amount, or one of each currency. */
export function Price({ amounts }: { amounts: readonly Money[] }) {
  return <span class="price">{amounts.map((amount) => formatMoney(amount)).join(" + ")}</span>;
}
