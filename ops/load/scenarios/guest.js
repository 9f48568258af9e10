// One customer of the public API, who asks as the page does: with a session, one key an order, and patience.
import { fail, sleep } from "k6";
import http from "k6/http";
import { Counter } from "k6/metrics";

const url = (__ENV.URL || "http://localhost:8080").replace(/\/+$/, "");
/** The address of the payment page as k6 reaches it, where customers' browsers know it by another one. */
const payUrl = __ENV.PAY_URL;
/** How long a guest asks again before giving up; also how long a meal may take. */
export const patienceMs = Number(__ENV.PATIENCE_SECONDS || 60) * 1000;

const retries = new Counter("retries");
const throttled = new Counter("throttled");

// Sold out and "not so fast" are answers, and a meal that did not change is one too.
http.setResponseCallback(http.expectedStatuses({ min: 200, max: 399 }, 409, 429));

/** A new guest. */
export function arrive() {
  const session = expect(200, ask("POST", `${url}/api/session`, "POST session")).json();
  return { ...session, orders: `${url}/api/customers/${session.customerId}/orders` };
}

/** Every dish with how many are left. */
export function menu() {
  return expect(200, ask("GET", `${url}/api/products`, "GET products")).json("products");
}

/** Places one order. The answer is the last one: 201, 409 when sold out, or why it could not be had. */
export function place(guest, items, key) {
  const headers = { "Content-Type": "application/json", "Idempotency-Key": key };
  return ask("POST", guest.orders, "POST orders", { guest, headers, body: JSON.stringify({ items }) });
}

/** The order once `enough` holds for it; `undefined` when patience ends first. Polls as the page does between events. */
export function follow(guest, id, enough) {
  const deadline = Date.now() + patienceMs;
  const known = {};
  for (let failures = 0; Date.now() < deadline; sleep(Math.min(2 * 2 ** failures, 10))) {
    const params = { headers: { ...bearer(guest), ...known }, tags: { name: "GET order" } };
    const answer = http.get(`${guest.orders}/${id}`, params);
    failures = isPassing(answer) ? failures + 1 : 0;
    if (answer.status !== 200) continue;
    known["If-None-Match"] = answer.headers.Etag;
    const order = answer.json();
    if (enough(order)) return order;
  }
}

/** Presses Pay on the stand-in's page. @returns whether it took the money. */
export function pay({ paymentLink }) {
  const link = payUrl ? paymentLink.replace(/^https?:\/\/[^/]+/, payUrl.replace(/\/+$/, "")) : paymentLink;
  return ask("POST", link, "POST pay", { body: { action: "pay" } }).status === 303;
}

/** The guest's orders as the server tells them, or `undefined` when it does not. */
export function ordersOf(guest) {
  const answer = ask("GET", `${guest.orders}?limit=100`, "GET orders", { guest });
  return answer.status === 200 ? answer.json("orders") : undefined;
}

/** Sends the same request until the answer is one that asking again would not change, or patience ends. */
function ask(method, address, name, { guest, headers = {}, body = null } = {}) {
  const deadline = Date.now() + patienceMs;
  const params = { headers: { ...(guest && bearer(guest)), ...headers }, redirects: 0, timeout: "15s", tags: { name } };
  for (let attempt = 0; ; attempt++) {
    const answer = http.request(method, address, body, params);
    const wait = waitSeconds(answer, attempt);
    if (!isPassing(answer) || Date.now() + wait * 1000 > deadline) return answer;
    (answer.status === 429 ? throttled : retries).add(1, { name });
    sleep(wait);
  }
}

/** What the server asks for, else twice as long each time; never all guests at the same moment. */
function waitSeconds({ headers }, attempt) {
  const asked = Number(headers["Retry-After"]) || 0;
  return asked + Math.min(0.25 * 2 ** attempt, 8) * (0.5 + Math.random());
}

/** No answer (status 0), or one that may well be another a little later. */
function isPassing({ status }) {
  return status === 0 || status === 429 || status >= 500;
}

function bearer({ token }) {
  return { Authorization: `Bearer ${token}` };
}

function expect(status, answer) {
  if (answer.status === status) return answer;
  fail(`${answer.request.method} ${answer.url} answered ${answer.status || answer.error}`);
}
