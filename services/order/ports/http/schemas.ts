import { z } from "zod";
import { plainText } from "#common/plainText";
import { maxQuantity } from "../../domain/lines.ts";
import { cancelReasons, statuses } from "../../domain/status.ts";

const money = z
  .object({
    amount: z.int().meta({ description: "In the currency's minor unit, e.g. cents", example: 1250 }),
    currency: z.string().meta({ description: "ISO 4217, lower case", example: "eur" }),
  })
  .meta({ id: "Money" });

/** A path parameter that is no id is the id of nothing: it is looked up, not found, and answered with 404. */
export const orderPath = z.object({ customerId: z.string(), orderId: z.string() });
export const customerPath = orderPath.pick({ customerId: true });

/** The header that makes an order safe to send again. */
export const idempotencyHeader = z.object({
  "idempotency-key": z
    .string("Send an Idempotency-Key header: any new text for a new order, the same one to try again")
    .regex(/^[\x21-\x7e]{1,255}$/, "1 to 255 visible ASCII characters")
    .meta({
      description: "Any new text for a new order, the same one to try again",
      example: "0b6f2f4e-7c1d-4a57-9a43-1f6f4d1c2a10",
    }),
});

/** As stock takes it: an id that stock cannot read would fail every order that travels with this one. */
const productId = z.string().regex(/^[\x21-\x7e]{1,64}$/, "1 to 64 visible ASCII characters");

/** Stock reads these too. */
const priceSeen = z
  .strictObject({ amount: z.int().min(0), currency: z.string().regex(/^[a-z]{3}$/, "ISO 4217, lower case") })
  .meta({ description: "The price that was shown. If it is another one by now, the order is refused and says which" });

/** BCP 47, as far as browsers name languages: "de", "pt-BR", "zh-Hant-TW". */
const languageTag = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, "a language tag such as de or pt-BR");

/** What an order is asked for with. */
export const createOrderBody = z
  .strictObject({
    items: z
      .array(
        z.strictObject({
          productId,
          quantity: z.int().min(1).max(maxQuantity),
          unitPrice: priceSeen.optional(),
          note: plainText(140)
            .trim()
            .optional()
            .meta({ description: "What the cook is asked for: no nuts. Lines of one product have one note" }),
        }),
      )
      .min(1)
      .max(50),
    language: languageTag
      .optional()
      .meta({ description: "The payment page is in it, as far as the provider has it, and the dishes' names" }),
    guestName: plainText(60).trim().optional().meta({ description: "What you want to be called" }),
  })
  .meta({ id: "CreateOrder", example: { items: [{ productId: "pumpkin-soup", quantity: 2 }] } });

/** Which page of orders. */
export const listQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(200).optional(),
});

const statusChange = z.object({
  status: z.enum(statuses),
  at: z.iso.datetime(),
  by: z.enum(["customer", "payment", "kitchen", "operator", "sweeper", "staff"]),
  reason: z.enum(cancelReasons).optional(),
});

/** An order, as its guest sees it. */
export const order = z
  .object({
    id: z.string(),
    customerId: z.string(),
    status: z.enum(statuses),
    guestName: z.string().optional(),
    items: z.array(
      z.object({
        productId: z.string(),
        name: z.string(),
        translatedName: z.string().optional().meta({
          description: "The same in the order's language, as on the payment page; absent when the menu has none",
        }),
        quantity: z.int(),
        unitPrice: money,
        note: z.string().optional(),
      }),
    ),
    total: money,
    paymentLink: z.string().optional().meta({ description: "Where to pay, once it is there" }),
    cancelReason: z.enum(cancelReasons).optional(),
    expiresAt: z.iso.datetime().meta({ description: "Until when it can be paid" }),
    estimatedReadyAt: z.iso.datetime().optional().meta({ description: "About when it is ready, while that is known" }),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    version: z.int(),
    history: z.array(statusChange),
  })
  .meta({ id: "Order" });

/** One server-sent event, as its reader gets it. */
export const statusEvent = z
  .object({
    event: z.literal("status"),
    id: z.string().meta({ description: "The order's version" }),
    data: z.string().meta({ description: "The whole order, as JSON" }),
  })
  .meta({ id: "StatusEvent" });

/** A page of orders, newest first. */
export const orderList = z.object({ orders: z.array(order), nextCursor: z.string().optional() });

/** The menu, as it is now. */
export const products = z.object({
  products: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      description: z.string(),
      category: z.string(),
      emoji: z.string(),
      allergens: z
        .array(z.string())
        .optional()
        .meta({ description: "What it contains of the 14 allergens; absent when nobody has said" }),
      image: z.string().optional().meta({ description: "An https URL, or a path on this host" }),
      translations: z
        .record(z.string(), z.object({ name: z.string(), description: z.string(), category: z.string() }).partial())
        .optional()
        .meta({ description: "Its words in other languages, by the language; what is not in one is as above" }),
      unitPrice: money,
      available: z.int(),
    }),
  ),
  shop: z.object({
    closed: z.boolean().meta({ description: "It takes no orders" }),
    sentence: z.string().meta({ description: "What guests are to read while it is closed" }),
  }),
});

/** Who and where the shop is, and when it is open. */
export const shop = z
  .object({
    name: z.string(),
    address: z.string().optional(),
    phone: z.string().optional(),
    hours: z.array(
      z.object({
        days: z.array(z.int()).meta({ description: "1 is Monday" }),
        opens: z.string().meta({ example: "11:30" }),
        closes: z.string().meta({ description: "On the next day if it is before it opens", example: "22:00" }),
      }),
    ),
  })
  .meta({ id: "Shop" });

/** Whose session it is. */
export const session = z.object({
  customerId: z.string(),
  token: z
    .string()
    .optional()
    .meta({ description: "For who did not come with a cookie: its token stays in the cookie" }),
  expiresAt: z.iso.datetime(),
  account: z.object({ name: z.string() }).optional().meta({ description: "Who is signed in; guests are not" }),
  signIn: z
    .string()
    .optional()
    .meta({ description: "Where a browser signs in, if one can: it takes a `return_to`, a path of the page" }),
});

/** Every refusal. */
export const problem = z
  .object({
    type: z.string().meta({ example: "/problems/invalid-request" }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    traceId: z.string(),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
    shortages: z.array(z.object({ productId: z.string(), requested: z.int(), available: z.int() })).optional(),
    priceChanges: z
      .array(z.object({ productId: z.string(), seen: money, now: money }))
      .optional()
      .meta({ description: "Of prices-changed: what was shown, and what it costs now" }),
  })
  .meta({ id: "Problem", description: "RFC 9457" });
