import { inject } from "vitest";
import { Guest } from "../tools/demo/guest.ts";

/** Another guest orders all of a dish but so many. @returns the way to give everything back. */
export async function buyAllBut(left: number, name: string): Promise<() => Promise<void>> {
  const guest = await Guest.arrive(inject("stack").apps.order.url);
  const product = (await guest.menu()).find((each) => each.name === name);
  if (!product) throw new Error(`${name} is not on the menu`);
  const placed: string[] = [];
  for (let open = product.available - left; open > 0; open -= 99) {
    const { status, text, body } = await guest.tryOrder([{ productId: product.id, quantity: Math.min(open, 99) }]);
    if (status !== 201) throw new Error(`the rival's order was answered ${status}: ${text}`);
    placed.push(String(body.id));
  }
  return async () => {
    for (const id of placed) {
      const { status, text } = await guest.ask("POST", `/${id}/cancel`);
      if (status !== 200) throw new Error(`cancelling the rival's order was answered ${status}: ${text}`);
    }
  };
}
