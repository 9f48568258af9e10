import type { Customer } from "./customer.ts";
import type { Send } from "./http.ts";
import type { MenuCard, Order, OrderPage, Product, Shop, ShopCard, Wish } from "./types.ts";

/** An order and the tag by which it is asked whether it has changed. */
export type FoundOrder = { order: Order; etag: string | undefined };

/** The order service as the page sees it. Every call throws ApiError or ConnectionError. */
export type Api = {
  menu(): Promise<MenuCard>;
  shop(): Promise<ShopCard>;
  /** Repeating a call with the same key and wish gives the first call's order. */
  place(wish: Wish, idempotencyKey: string): Promise<Order>;
  orders(cursor?: string): Promise<OrderPage>;
  /** With the ETag of what is known, `undefined` means that nothing changed. */
  order(orderId: string, etag?: string): Promise<FoundOrder | undefined>;
  /** The order, whose guest is about to open the payment page. */
  pay(orderId: string): Promise<Order>;
  cancel(orderId: string): Promise<Order>;
  /** The address of the order's server-sent events, or of those of all the guest's orders. */
  eventsUrl(orderId?: string): Promise<string>;
};

const pageSize = 10;

export function createApi(send: Send, customer: Customer): Api {
  const orders = (customerId: string) => `/api/customers/${encodeURIComponent(customerId)}/orders`;
  const order = (customerId: string, id: string) => `${orders(customerId)}/${encodeURIComponent(id)}`;

  return {
    async menu() {
      const { products, shop } = (await send("GET", "/api/products")).body as { products: Product[]; shop?: Shop };
      return { products, closed: shop?.closed ? shop.sentence : undefined };
    },
    shop: async () => (await send("GET", "/api/shop")).body as ShopCard,
    place(wish, idempotencyKey) {
      const options = { headers: { "idempotency-key": idempotencyKey }, json: wish };
      return customer.act(async (id) => (await send("POST", orders(id), options)).body as Order);
    },
    orders(cursor) {
      const query = new URLSearchParams({ limit: String(pageSize), ...(cursor && { cursor }) });
      return customer.act(async (id) => (await send("GET", `${orders(id)}?${query}`)).body as OrderPage);
    },
    order(orderId, etag) {
      // Browsers add "no-cache" to such a request unless it has a cache-control, and then servers leave out the 304.
      const options = etag ? { headers: { "if-none-match": etag, "cache-control": "max-age=0" } } : {};
      return customer.act(async (id) => {
        const answer = await send("GET", order(id, orderId), options);
        return answer.status === 304 ? undefined : { order: answer.body as Order, etag: answer.etag };
      });
    },
    pay(orderId) {
      return customer.act(async (id) => (await send("POST", `${order(id, orderId)}/pay`)).body as Order);
    },
    cancel(orderId) {
      return customer.act(async (id) => (await send("POST", `${order(id, orderId)}/cancel`)).body as Order);
    },
    eventsUrl(orderId) {
      return customer.act(async (id) => `${orderId === undefined ? orders(id) : order(id, orderId)}/events`);
    },
  };
}
