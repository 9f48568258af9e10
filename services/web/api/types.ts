import type { z } from "zod";
// What the server checks and describes is what the page is told: /openapi.json is made of the same schemas.
import type * as http from "../../order/ports/http/schemas.ts";

/** As JSON brings it: a field is there or not, and never undefined. */
type Plain<T> = T extends readonly (infer Item)[]
  ? Plain<Item>[]
  : T extends object
    ? { [Key in keyof T]: Plain<Exclude<T[Key], undefined>> }
    : T;
type Told<Schema extends z.ZodType> = Plain<z.infer<Schema>>;

type Answered = Told<typeof http.order>;
type Problem = Told<typeof http.problem>;
type Served = Told<typeof http.products>;

/** An amount in minor units (cents, yen) of an ISO 4217 currency in lower case. */
export type Money = Answered["total"];

type Dish = Served["products"][number];

/**
 * A dish; without allergens, nobody has said what it contains. `onMenu` are the menu's own words, where those beside it
 * are in the page's language.
 */
export type Product = Dish & { onMenu?: Pick<Dish, "name" | "category"> };

/** A status that this page knows. */
export type KnownStatus = Answered["status"];

/** Also one that a newer server has and this page does not know: it is shown as it is called. */
export type OrderStatus = KnownStatus | (string & Record<never, never>);

type Open<T extends { status: KnownStatus }> = Omit<T, "status"> & { status: OrderStatus };

export type OrderItem = Answered["items"][number];

/** A step of an order's life. */
export type Transition = Open<Answered["history"][number]>;

/** An order of whoever looks at it. */
export type Order = Open<Omit<Answered, "customerId" | "history">> & { history: Transition[] };

export type OrderPage = Omit<Told<typeof http.orderList>, "orders"> & { orders: Order[] };

/** What the menu's answer says of the shop. */
export type Shop = Served["shop"];

/** What can be ordered; `closed` is what to tell guests while the shop takes no orders. */
export type MenuCard = { products: readonly Product[]; closed?: string | undefined };

/** What is ordered, by whom, and in which language the payment page should be. */
export type Wish = z.input<typeof http.createOrderBody>;

/** What an order asks for; the server names the prices, and refuses when they are others than the guest saw. */
export type OrderLine = Wish["items"][number];

/** Who and where the shop is; on days from 1 (Monday) on it is open. */
export type ShopCard = Told<typeof http.shop>;

export type OpeningHours = ShopCard["hours"][number];

/** Whose session it is. */
export type Session = Told<typeof http.session>;

/** A product whose price is another one than was shown. */
export type PriceChange = NonNullable<Problem["priceChanges"]>[number];

/** A product of which fewer are left than were asked for. */
export type Shortage = NonNullable<Problem["shortages"]>[number];

/** A field that is not as it has to be. */
export type FieldError = NonNullable<Problem["errors"]>[number];
