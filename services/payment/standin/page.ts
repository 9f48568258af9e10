import { moneyText } from "#common/money";
import { type Html, html } from "./html.ts";
import type { Session } from "./sessions.ts";

/** What the customer is told above the lines. */
export type Notice = "declined" | "not understood" | undefined;

const notices: Record<NonNullable<Notice>, Html> = {
  declined: html`<p class="notice" role="alert">The payment was declined. Nothing was taken: you can try again.</p>`,
  "not understood": html`<p class="notice" role="alert">That was not understood. Use one of the buttons.</p>`,
};

/** The payment page of a session, in whatever state it is. */
export function paymentPage(session: Session, notice?: Notice): string {
  const { lines, currency, total } = session;
  return page(
    "Pay your order",
    html`<h1>Pay your order</h1>
${orderLine(session)}
${notice ? notices[notice] : ""}
<table>
<caption>What you pay for</caption>
<thead><tr><th scope="col">Item</th><th scope="col">Each</th><th scope="col">Sum</th></tr></thead>
<tbody>${lines.map(
      ({ name, quantity, unitAmount }) =>
        html`<tr><td>${quantity} × ${name}</td><td>${money(unitAmount, currency)}</td><td>${money(unitAmount * quantity, currency)}</td></tr>`,
    )}</tbody>
<tfoot><tr><th scope="row" colspan="2">Total</th><td>${money(total, currency)}</td></tr></tfoot>
</table>
${actions(session)}`,
  );
}

/** The page for an address that leads to no session. */
export function unknownPage(): string {
  return page("No such payment", html`<h1>No such payment</h1><p>This payment page does not exist, or no longer.</p>`);
}

/** The order as its own page calls it: by the end of its id. */
export function orderLine({ clientReferenceId }: Session): Html | string {
  const number = clientReferenceId?.replace(/[^0-9a-z]/gi, "").slice(-6);
  return number ? html`<p class="order">Gorder · order #${number.toUpperCase()}</p>` : "";
}

function actions({ status, payment, successUrl, cancelUrl, total, currency }: Session): Html {
  if (payment?.status === "processing" || payment?.status === "requires_action")
    return html`<p role="status">${payment.status === "processing" ? "Your bank is on it." : "Your voucher waits to be paid."} What happens next?</p>
<form method="post">
<button name="action" value="arrive" class="pay">Let the money arrive</button>
<button name="action" value="bounce">Let the payment fail</button>
</form>`;
  if (payment?.status === "requires_payment_method" || payment?.status === "canceled")
    return html`<p role="status">This payment has failed. <a href="${successUrl}">Back to your order</a></p>`;
  if (status === "complete")
    return html`<p role="status">This is paid. <a href="${successUrl}">Back to your order</a></p>`;
  if (status === "expired")
    return html`<p role="status">This payment page has expired. Nothing was taken. <a href="${cancelUrl ?? successUrl}">Back to your order</a></p>`;
  return html`<form method="post">
<button name="action" value="pay" class="pay">Pay ${money(total, currency)}</button>
<button name="action" value="slow">Slow: let the bank take its time</button>
<button name="action" value="voucher">Voucher: pay it at a till, some day</button>
<button name="action" value="fail">Fail: let the payment be declined</button>
<button name="action" value="cancel">Cancel and go back</button>
</form>`;
}

/** A page of the stand-in, which says on each that no money moves. */
export function page(title: string, main: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} (stand-in)</title>
<link rel="stylesheet" href="../standin.css">
</head>
<body>
<header class="standin"><strong>Stand-in.</strong> This page plays the payment provider: no money moves.</header>
<main>
${main}
</main>
</body>
</html>
`.text;
}

/** An amount as people read it. */
export function money(amount: number, currency: string): string {
  return moneyText({ amount, currency }, "en");
}
