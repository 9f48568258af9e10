// What one guest does, from the door to the meal.
import { sleep } from "k6";
import exec from "k6/execution";
import { arrive, follow, menu, pay, place } from "./guest.js";
import * as ledger from "./ledger.js";

/** Factor on every pause: 0 makes guests who never think. */
const thinking = Number(__ENV.THINK || 1);
/** `PAY=no`: guests leave before they pay, as they must where Stripe itself takes the money; their orders expire. */
const paying = __ENV.PAY !== "no";

/** A new guest looks at the menu, orders some of it, pays and waits for the meal. */
export function visit() {
  const guest = arrive();
  const dishes = menu();
  think(2, 6);
  orderAndEat(guest, someOf(dishes));
}

/** Orders these items and follows the order to its end; then sees whether the server remembers it alike. */
export function orderAndEat(guest, items) {
  const { idInTest, iterationInInstance } = exec.vu;
  const start = Date.now();
  const answer = place(guest, items, `${idInTest}-${iterationInInstance}-${start}`);
  const ok = answer.status === 201;
  const refused = answer.status === 409 && answer.json("type") === "/problems/out-of-stock";
  ledger.failed.add(!ok && !refused);
  if (refused) ledger.soldOut.add(1);
  const told = ok ? [answer.json("id")] : [];
  for (const id of told) {
    ledger.accepted.add(1);
    ledger.accepting.add(answer.timings.duration);
    eat(guest, id, start);
  }
  ledger.auditGuest(guest, told, ok || refused ? 0 : 1);
}

function eat(guest, id, start) {
  const order = follow(guest, id, ({ paymentLink }) => paymentLink);
  if (!order) return ledger.unfinished.add(1);
  // The order's own history says when: a guest who polls learns of it later.
  ledger.toPayment.add(at(order, "waiting_for_payment") - start);
  if (!paying) return;
  think(1, 3);
  const paid = Date.now();
  const meal = pay(order) && follow(guest, id, ({ status }) => status === "ready");
  if (!meal) return ledger.unfinished.add(1);
  ledger.toReady.add(at(meal, "ready") - paid);
}

function at({ history }, wanted) {
  return Date.parse(history.find(({ status }) => status === wanted).at);
}

/** One to three dishes that are left, one or two of each. */
function someOf(dishes) {
  const left = dishes.filter(({ available }) => available > 0).sort(() => Math.random() - 0.5);
  const chosen = left.length > 0 ? left.slice(0, 1 + Math.floor(Math.random() * 3)) : dishes.slice(0, 1);
  return chosen.map(({ id }) => ({ productId: id, quantity: 1 + Math.floor(Math.random() * 2) }));
}

function think(from, to) {
  sleep(thinking * (from + Math.random() * (to - from)));
}
