// `helm test`: places an order as a guest does and follows it to ready. Stripe's own page cannot be paid by a script:
// without the stand-in the order is followed to its payment link and cancelled.
const { SHOP_URL, PAGE_URL, STANDIN_URL = "" } = process.env;
const say = (text) => process.stdout.write(`${text}\n`);

async function ask(path, init) {
  const answer = await fetch(`${SHOP_URL}${path}`, { ...init, signal: AbortSignal.timeout(10_000) });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

async function until(what, look, passes) {
  const end = Date.now() + 180_000;
  for (;;) {
    const seen = await look();
    if (passes(seen)) return seen;
    if (Date.now() > end) throw new Error(`after 180 s the order is ${seen.status}, not ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

const page = await fetch(PAGE_URL);
if (!page.ok) throw new Error(`the page answered ${page.status}`);
say("the page is there");

const { products } = await ask("/api/products");
const product = products.find(({ available }) => available > 0);
if (product === undefined) throw new Error("nothing on the menu is left: see stock.menu in the chart's values");
const guest = await ask("/api/session", { method: "POST" });
const orders = `/api/customers/${guest.customerId}/orders`;
const authorization = `Bearer ${guest.token}`;
const { id } = await ask(orders, {
  method: "POST",
  headers: { authorization, "content-type": "application/json", "idempotency-key": crypto.randomUUID() },
  body: JSON.stringify({ items: [{ productId: product.id, quantity: 1 }] }),
});
say(`order ${id} is placed`);
const look = () => ask(`${orders}/${id}`, { headers: { authorization } });
const { paymentLink } = await until("waiting for payment", look, (order) => order.paymentLink !== undefined);
say("it can be paid");

if (STANDIN_URL === "") {
  await ask(`${orders}/${id}/cancel`, { method: "POST", headers: { authorization } });
  say("it is cancelled again: only a person can pay at Stripe");
} else {
  const paid = await fetch(new URL(new URL(paymentLink).pathname, STANDIN_URL), {
    method: "POST",
    body: new URLSearchParams({ action: "pay" }),
    redirect: "manual",
  });
  if (paid.status !== 303) throw new Error(`paying answered ${paid.status}`);
  await until("ready", look, ({ status }) => status === "ready");
  say("it is paid and ready");
}
