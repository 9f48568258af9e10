import { moneyText } from "#common/money";
import { type Html, html } from "./html.ts";
import type { Session } from "./sessions.ts";
import { type PageWords, pageWords } from "./words.ts";

/** What the customer is told above the lines. */
export type Notice = "declined" | "notUnderstood" | undefined;

/** Whose page it is, and in which language. */
export type PageStyle = { shop: string; words: PageWords };

/** The payment page of a session in each of its states. */
export function paymentPage(session: Session, { shop, words }: PageStyle, notice?: Notice): string {
  const { lines, currency, total } = session;
  const shown = (amount: number) => money(amount, currency, words.lang);
  return page(
    words,
    words.title,
    html`<h1>${words.title}</h1>
${orderLine(session, { shop, words })}
${notice ? html`<p class="notice" role="alert">${words[notice]}</p>` : ""}
<table>
<caption>${words.caption}</caption>
<thead><tr><th scope="col">${words.item}</th><th scope="col">${words.each}</th><th scope="col">${words.sum}</th></tr></thead>
<tbody>${lines.map(
      ({ name, quantity, unitAmount }) =>
        html`<tr><td>${quantity} × ${name}</td><td>${shown(unitAmount)}</td><td>${shown(unitAmount * quantity)}</td></tr>`,
    )}</tbody>
<tfoot><tr><th scope="row" colspan="2">${words.total}</th><td>${shown(total)}</td></tr></tfoot>
</table>
${actions(session, words)}
${languages(words)}`,
  );
}

/** The page for an address that leads to no session. */
export function unknownPage(words: PageWords): string {
  return page(words, words.unknownTitle, html`<h1>${words.unknownTitle}</h1><p>${words.unknownText}</p>`);
}

/** The order as its own page calls it: by the end of its id. */
export function orderLine({ clientReferenceId }: Session, { shop, words }: PageStyle): Html | string {
  const number = clientReferenceId?.replace(/[^0-9a-z]/gi, "").slice(-6);
  return number ? html`<p class="order">${words.order(shop, number.toUpperCase())}</p>` : "";
}

function actions({ status, payment, successUrl, cancelUrl, total, currency }: Session, words: PageWords): Html {
  const said = (text: string, way = successUrl) =>
    html`<p role="status">${text} <a href="${way}">${words.back}</a></p>`;
  if (payment?.status === "processing" || payment?.status === "requires_action")
    return html`<p role="status">${payment.status === "processing" ? words.bank : words.voucherWaits}</p>
<form method="post">
<button name="action" value="arrive" class="pay">${words.arrive}</button>
<button name="action" value="bounce">${words.bounce}</button>
</form>`;
  if (payment?.status === "requires_payment_method" || payment?.status === "canceled") return said(words.failed);
  if (status === "complete") return said(words.paid);
  if (status === "expired") return said(words.expired, cancelUrl ?? successUrl);
  return html`<form method="post">
<button name="action" value="pay" class="pay">${words.pay(money(total, currency, words.lang))}</button>
<button name="action" value="slow">${words.slow}</button>
<button name="action" value="voucher">${words.voucher}</button>
<button name="action" value="fail">${words.fail}</button>
<button name="action" value="cancel">${words.cancel}</button>
</form>`;
}

/** The way to the page's other languages. */
function languages(words: PageWords): Html {
  const others = pageWords.filter(({ lang }) => lang !== words.lang);
  return html`<nav class="languages" aria-label="${words.language}">${others.map(
    ({ lang, itself }) => html`<a href="?lang=${lang}" lang="${lang}" hreflang="${lang}">${itself}</a>`,
  )}</nav>`;
}

/** A page of the stand-in, which says on each that no money moves. */
export function page(words: PageWords, title: string, main: Html): string {
  return html`<!doctype html>
<html lang="${words.lang}" dir="${words.dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} (${words.suffix})</title>
<link rel="stylesheet" href="../standin.css">
</head>
<body>
<header class="standin"><strong>${words.standin}</strong> ${words.noMoney}</header>
<main>
${main}
</main>
</body>
</html>
`.text;
}

/** An amount as people read it. */
export function money(amount: number, currency: string, language: string): string {
  return moneyText({ amount, currency }, language);
}
