import { randomUUID } from "node:crypto";
import { waitingOrder } from "./app.ts";

/** An act of a member of staff. */
export const actOf = (subject = "eve", requestId: string = randomUUID()) => ({
  requestId,
  subject,
  name: `${subject}'s name`,
  reason: "",
});

/** An amount in cents. */
export const eur = (amount: number) => ({ amount, currency: "eur" });

/** A paid order, and staff. */
export async function staffedShop() {
  const made = await waitingOrder();
  const { app, orderId, takeMoney, pay } = made;
  takeMoney();
  await pay();
  const on = (subject?: string, requestId?: string) => ({ act: actOf(subject, requestId), orderId });
  return {
    ...made,
    staff: app.staff,
    on,
    acts: () => made.orders.acts({}, { limit: 100 }),
    take: (subject?: string) => app.staff.takeTicket({ ...on(subject), leaseSeconds: 600 }),
  };
}
