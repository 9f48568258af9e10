import type { Disputes } from "./disputes.ts";
import { html } from "./html.ts";
import { money, orderLine, page } from "./page.ts";
import type { Refunds } from "./refunds.ts";
import type { Session } from "./sessions.ts";
import { pageWords } from "./words.ts";

/** What became of the money of a payment, as who works in the provider's dashboard sees it. */
export function dashboardPage(session: Session, refunds: Refunds, disputes: Disputes, shop: string): string {
  const [words] = pageWords;
  const { payment, total, currency } = session;
  const moved = [...refunds.list(), ...disputes.list()].filter((one) => one.payment_intent === payment?.id);
  return page(
    words,
    "A payment",
    html`<h1>A payment</h1>
${orderLine(session, { shop, words })}
<table>
<caption>${payment?.id ?? ""} has ${payment?.status ?? ""}</caption>
<thead><tr><th scope="col">What</th><th scope="col">How it stands</th><th scope="col">Amount</th></tr></thead>
<tbody>${moved.map(
      ({ object, id, status, amount }) =>
        html`<tr><td>${object} ${id}</td><td>${status.replaceAll("_", " ")}</td><td>${money(amount, currency, words.lang)}</td></tr>`,
    )}</tbody>
<tfoot><tr><th scope="row" colspan="2">Taken</th><td>${money(total, currency, words.lang)}</td></tr></tfoot>
</table>`,
  );
}
