/** An amount in minor units (cents, yen) of an ISO 4217 currency in lower case. */
export type Money = { amount: number; currency: string };

export type Product = {
  id: string;
  name: string;
  description: string;
  category: string;
  emoji: string;
  /** What it contains; absent when nobody has said. */
  allergens?: readonly string[];
  /** Where a picture of it is. */
  image?: string;
  /** Its words in other languages than the menu's own; what is not there is as above. */
  translations?: Readonly<Record<string, Partial<DishWords>>>;
  /** The menu's own words, where those above are in the page's language. */
  onMenu?: Pick<DishWords, "name" | "category">;
  unitPrice: Money;
  available: number;
};

export type DishWords = { name: string; description: string; category: string };

export type KnownStatus = "pending" | "waiting_for_payment" | "paid" | "cooking" | "ready" | "cancelled" | "refunded";

/** Also one that a newer server has and this page does not know: it is shown as it is called. */
export type OrderStatus = KnownStatus | (string & Record<never, never>);

export type OrderItem = { productId: string; name: string; quantity: number; unitPrice: Money; note?: string };

export type Transition = { status: OrderStatus; at: string; by: string; reason?: string };

export type Order = {
  id: string;
  guestName?: string;
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
  /** About when the meal is ready, while that is known. */
  estimatedReadyAt?: string;
  history: Transition[];
};

export type OrderPage = { orders: Order[]; nextCursor?: string };

/** What can be ordered; `closed` is what to tell guests while the shop takes no orders. */
export type MenuCard = { products: readonly Product[]; closed?: string | undefined };

/** What an order asks for; the server names the prices, and refuses when they are others than the guest saw. */
export type OrderLine = { productId: string; quantity: number; unitPrice?: Money; note?: string };

/** What is ordered, by whom, and in which language the payment page should be. */
export type Wish = { items: readonly OrderLine[]; guestName?: string; language?: string };

/** Who and where the shop is; on days from 1 (Monday) on it is open. */
export type ShopCard = { name: string; address?: string; phone?: string; hours: readonly OpeningHours[] };

export type OpeningHours = { days: readonly number[]; opens: string; closes: string };

/** A product whose price is another one than was shown. */
export type PriceChange = { productId: string; seen: Money; now: Money };

/** A product of which fewer are left than were asked for. */
export type Shortage = { productId: string; requested: number; available: number };
