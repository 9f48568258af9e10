/** An amount in minor units (cents, yen) of an ISO 4217 currency in lower case. */
export type Money = { amount: number; currency: string };

export type Product = {
  id: string;
  name: string;
  description: string;
  category: string;
  emoji: string;
  unitPrice: Money;
  available: number;
};

export type KnownStatus = "pending" | "waiting_for_payment" | "paid" | "cooking" | "ready" | "cancelled" | "refunded";

/** Also one that a newer server has and this page does not know: it is shown as it is called. */
export type OrderStatus = KnownStatus | (string & Record<never, never>);

export type OrderItem = { productId: string; name: string; quantity: number; unitPrice: Money };

export type Transition = { status: OrderStatus; at: string; by: string; reason?: string };

export type Order = {
  id: string;
  status: OrderStatus;
  items: OrderItem[];
  total: Money;
  paymentLink?: string;
  cancelReason?: "customer" | "expired" | "payment_failed" | "staff";
  /** Until when it can be paid. */
  expiresAt: string;
  createdAt: string;
  updatedAt: string;
  version: number;
  history: Transition[];
};

export type OrderPage = { orders: Order[]; nextCursor?: string };

/** What an order asks for; the server names the prices. */
export type OrderLine = { productId: string; quantity: number };

/** A product of which fewer are left than were asked for. */
export type Shortage = { productId: string; requested: number; available: number };
