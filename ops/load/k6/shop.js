import { fail } from "k6";
import http from "k6/http";

/** Where Gorder is; with several replicas of the order service all of them, with commas between. */
const urls = __ENV.URL.split(",");
const [url] = urls;
/** The products of every order, one unit of each. */
const products = __ENV.PRODUCTS.split(",");

const body = JSON.stringify({ items: products.map((productId) => ({ productId, quantity: 1 })) });

/** A few guests, each with an address of their orders and a token. For setup(). */
export function guests() {
  return Array.from({ length: 8 }, (_, index) => {
    const at = urls[index % urls.length];
    // Whoever shows the cookie of a session keeps it.
    const jar = new http.CookieJar();
    const { customerId, token } = must(http.post(`${at}/api/session`, null, { jar, ...named("POST session") })).json();
    return { customerId, orders: `${at}/api/customers/${customerId}/orders`, token };
  });
}

/** A product id -> how many units are left. */
function onShelves() {
  const menu = must(http.get(`${url}/api/products`, named("GET products"))).json("products");
  return Object.fromEntries(menu.filter(({ id }) => products.includes(id)).map(({ id, available }) => [id, available]));
}

/** How many units were sold that were never there. Must be 0; whether each order got its own is for the books. */
export function oversold() {
  return Object.values(onShelves()).reduce((sum, left) => sum + Math.max(0, -left), 0);
}

/** Places an order. `key` must be new for each. */
export function placeOrder({ orders, token }, key, responseType = "text") {
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json", "Idempotency-Key": key };
  return http.post(orders, body, { headers, responseType, ...named("POST orders") });
}

/** What one guest asks about an order of theirs. */
export function ask({ orders, token }, path, more = {}) {
  return http.get(`${orders}/${path}`, { headers: { Authorization: `Bearer ${token}` }, ...more });
}

/** One name for all requests of a kind, whatever ids are in their addresses. */
export function named(name) {
  return { tags: { name } };
}

function must(response) {
  if (response.status !== 200) fail(`${response.request.method} ${response.url} answered ${response.status}`);
  return response;
}

/** Leaves the numbers to whoever started the script, and the terminal alone. */
export function summary(data) {
  return { [__ENV.SUMMARY]: JSON.stringify(data) };
}

export const trendStats = ["min", "avg", "med", "p(95)", "p(99)", "max", "count"];
