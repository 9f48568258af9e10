import { expect, vi } from "vitest";
import { tryToPay } from "../../../ops/demo/guest.ts";
import { type Guest, newGuest } from "../../e2e/shop.ts";

/** An order of a guest of its own, which is not paid yet. */
type Placed = { readonly guest: Guest; readonly id: string };

// A port-forward whose pod was killed may take several requests, each until its own limit, to notice.
const patience = { timeout: 480_000, interval: 1_000 };

/** A new guest orders one of a dish; comes again as long as the shop is in trouble. */
export function place(productId = "lemonade"): Promise<Placed> {
  return vi.waitFor(async () => {
    const guest = await newGuest();
    const { status, text, body } = await guest.order([{ productId, quantity: 1 }]);
    expect(status, text).toBe(201);
    return { guest, id: String(body.id) };
  }, patience);
}

/** Pays, and waits until the meal is ready; asks again as long as the shop is in trouble. */
export const payAndEat = (placed: Placed, whom: string) => payUntil(placed, "ready", whom);

/** Pays, and waits until the order has this status; asks again as long as the shop is in trouble. */
export async function payUntil({ guest, id }: Placed, status: string, whom: string): Promise<void> {
  const look = async () => {
    const { body } = await guest.get(`/${id}`);
    if (body.status !== "waiting_for_payment") return body.status;
    return (await tryToPay(String(body.paymentLink))) ? "paid just now" : "not paid";
  };
  await expect.poll(() => look().catch(String), { ...patience, message: whom }).toBe(status);
}

/** A new guest orders, pays and gets the meal. */
export async function mealFor(whom: string): Promise<void> {
  await payAndEat(await place(), whom);
}
