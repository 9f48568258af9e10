// Guests who come at a fixed rate, whatever befalls the system. Each orders with one key until there is an answer, and
// then pays at once, twice or slowly, cancels, does both at the same time, lets the payment bounce, or leaves. What they
// saw is told on the console, a line each.
import { sleep } from "k6";
import exec from "k6/execution";
import http from "k6/http";
import { named, summary } from "./shop.js";

const rate = Number(__ENV.RATE);
const seconds = Number(__ENV.SECONDS);
const patienceSeconds = Number(__ENV.PATIENCE_SECONDS);
/** The order service's replicas. */
const urls = __ENV.URLS.split(",");
const [plenty, scarce] = __ENV.PRODUCTS.split(",");

export const options = {
  scenarios: {
    guests: {
      executor: "constant-arrival-rate",
      rate,
      timeUnit: "1s",
      duration: `${seconds}s`,
      preAllocatedVUs: rate * 4,
      maxVUs: rate * patienceSeconds * 2,
      gracefulStop: `${patienceSeconds + 20}s`,
    },
  },
};

/** What guests do, by their number. */
const kinds = [
  ...["pay", "pay", "leave", "pay", "cancel", "pay", "pay", "pay slowly", "pay twice", "pay"],
  ...["pay", "cancel", "pay", "race", "pay", "leave", "pay", "cancel", "pay", "bounce"],
];

// biome-ignore lint/suspicious/noConsole: what k6's console says is how a guest is heard.
const tell = (what) => console.log(JSON.stringify(what));
const isFinal = (status) => ["ready", "cancelled", "refunded"].includes(status);

export default function () {
  const number = exec.scenario.iterationInTest;
  const kind = kinds[number % kinds.length];
  const until = Date.now() + patienceSeconds * 1000;
  let turn = number;
  /** Asks one replica after the other until there is an answer or patience ends. */
  const again = (ask) => {
    for (let wait = 0.2; ; wait = Math.min(wait * 1.5, 2)) {
      const answer = ask(urls[turn % urls.length]);
      if (answer !== undefined || Date.now() > until) return answer;
      turn += 1;
      sleep(wait);
    }
  };

  const guest = again((url) => {
    const response = http.post(`${url}/api/session`, null, { jar: new http.CookieJar(), ...calm("POST session") });
    return response.status === 200 ? response.json() : undefined;
  });
  if (!guest) return tell({ guest: number, kind, tries: 0 });
  const headers = {
    Authorization: `Bearer ${guest.token}`,
    "Content-Type": "application/json",
    "Idempotency-Key": `${number}`,
  };
  const orders = `/api/customers/${guest.customerId}/orders`;
  const items = [{ productId: plenty, quantity: 1 + (number % 3) }];
  if (number % 4 === 0) items.push({ productId: scarce, quantity: 1 });

  let tries = 0;
  const placed = again((url) => {
    tries += 1;
    const sent = Date.now();
    const response = http.post(url + orders, JSON.stringify({ items }), { headers, ...calm("POST orders") });
    tell({ sent, ms: Date.now() - sent, status: response.status });
    if (response.status === 201) return { id: response.json("id") };
    const isNo = response.status >= 400 && response.status < 500 && response.status !== 429;
    return isNo ? { refused: response.status } : undefined;
  });
  const seen = { guest: number, kind, tries, ...placed };
  if (!seen.id) return tell(seen);

  const address = `${orders}/${seen.id}`;
  const cancel = () =>
    again((url) => {
      const { status } = http.post(`${url}${address}/cancel`, null, { headers, ...calm("POST cancel") });
      return status === 200 || status === 409 ? status : undefined;
    });
  const link = () =>
    again((url) => {
      const response = http.get(url + address, { headers, ...calm("GET order") });
      if (response.status !== 200) return undefined;
      const { status, paymentLink } = response.json();
      return isFinal(status) ? "" : paymentLink;
    });

  if (kind === "leave") return tell(seen);
  if (kind === "cancel") {
    sleep((number % 7) / 4);
    return tell({ ...seen, cancelled: cancel() === 200 });
  }
  const where = link();
  if (!where) return tell(seen);
  const press = (action) => ({
    method: "POST",
    url: where,
    body: { action },
    params: { redirects: 0, ...calm("POST pay") },
  });
  const stop = { method: "POST", url: `${urls[turn % urls.length]}${address}/cancel`, params: { headers, ...calm() } };
  const clicks = { "pay twice": [press("pay"), press("pay")], race: [press("pay"), stop] };
  const isSlow = kind === "pay slowly" || kind === "bounce";
  const [paid] = http.batch(clicks[kind] || [press(isSlow ? "slow" : "pay")]);
  if (isSlow) {
    // A bank transfer: the guest is done long before the money comes, or does not.
    sleep(1 + (number % 3));
    http.batch([press(kind === "bounce" ? "bounce" : "arrive")]);
  }
  tell({ ...seen, paid: paid.status === 303 && kind !== "bounce" });
}

function calm(name) {
  return { timeout: "6s", ...named(name || "POST cancel") };
}

export const handleSummary = summary;
