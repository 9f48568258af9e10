import { inject } from "vitest";

type Product = { id: string; name: string; available: number };

/** Another guest orders all of a dish but so many. Returns the way to give everything back. */
export async function buyAllBut(left: number, name: string): Promise<() => Promise<void>> {
  const { customerId, token } = await ask<{ customerId: string; token: string }>("POST", "/api/session");
  const { products } = await ask<{ products: Product[] }>("GET", "/api/products");
  const product = products.find((each) => each.name === name);
  if (!product) throw new Error(`${name} is not on the menu`);
  const orders = `/api/customers/${customerId}/orders`;
  const authorization = `Bearer ${token}`;
  const placed: string[] = [];
  for (let open = product.available - left; open > 0; open -= 99) {
    const items = [{ productId: product.id, quantity: Math.min(open, 99) }];
    const headers = { authorization, "idempotency-key": `rival-${placed.length}`, "content-type": "application/json" };
    const order = await ask<{ id: string }>("POST", orders, { headers, body: JSON.stringify({ items }) });
    placed.push(order.id);
  }
  return async () => {
    for (const id of placed) await ask("POST", `${orders}/${id}/cancel`, { headers: { authorization } });
  };
}

async function ask<T>(method: string, path: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(inject("stack").apps.order.url + path, { ...init, method });
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}
