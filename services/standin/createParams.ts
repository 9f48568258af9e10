import { z } from "zod";
import { priceOf } from "./prices.ts";
import type { Line, SessionWish } from "./sessions.ts";
import { StripeRefusal } from "./stripeError.ts";

/** Stripe's own: another one is refused. */
const locales = [
  ...[
    "auto",
    "bg",
    "cs",
    "da",
    "de",
    "el",
    "en",
    "en-GB",
    "es",
    "es-419",
    "et",
    "fi",
    "fil",
    "fr",
    "fr-CA",
    "hr",
    "hu",
  ],
  ...["id", "it", "ja", "ko", "lt", "lv", "ms", "mt", "nb", "nl", "pl", "pt", "pt-BR", "ro", "ru", "sk", "sl", "sv"],
  ...["th", "tr", "vi", "zh", "zh-HK", "zh-TW"],
];

const whole = z.coerce.number().int();
const currency = z.string().regex(/^[A-Za-z]{3}$/);
const webAddress = z.url({ protocol: /^https?$/ }).max(5000);
const metadata = z.record(z.string().max(40), z.string().max(500));

const priceData = z.strictObject({
  currency,
  unit_amount: whole.min(0).max(99_999_999),
  product_data: z.strictObject({ name: z.string().min(1) }),
});

const item = z
  .strictObject({
    price: z.string().optional(),
    price_data: priceData.optional(),
    quantity: whole.min(1).max(999_999),
  })
  .refine(({ price, price_data }) => (price === undefined) !== (price_data === undefined), {
    message: "give either price or price_data",
  });

/** The parameters of `POST /v1/checkout/sessions` that are understood; others are refused, as Stripe does. */
export const createParams = z.strictObject({
  mode: z.literal("payment"),
  line_items: z.array(item).min(1).max(100),
  success_url: webAddress,
  cancel_url: webAddress.optional(),
  client_reference_id: z.string().max(200).optional(),
  metadata: metadata.default({}),
  payment_intent_data: z.strictObject({ metadata }).optional(),
  adaptive_pricing: z.strictObject({ enabled: z.literal("false") }).optional(),
  expires_at: whole.optional(),
  locale: z.enum(locales).optional(),
  invoice_creation: z.strictObject({ enabled: z.enum(["true", "false"]) }).optional(),
});

/** What is asked for, in our words. @param now milliseconds since the epoch. */
export function wishOf(params: z.infer<typeof createParams>, now: number): SessionWish {
  const items = params.line_items.map(({ price, price_data, quantity }) => {
    const given = price === undefined ? undefined : priceOf(price);
    const line: Line = {
      name: given?.name ?? price_data?.product_data.name ?? "",
      quantity,
      unitAmount: given?.amount ?? price_data?.unit_amount ?? 0,
    };
    return { line, currency: (given?.currency ?? price_data?.currency ?? "").toLowerCase() };
  });
  const [first, ...more] = new Set(items.map((item) => item.currency));
  if (first === undefined || more.length > 0) {
    throw new StripeRefusal(400, "All line items must have the same currency.", { param: "line_items" });
  }
  return {
    lines: items.map(({ line }) => line),
    currency: first,
    clientReferenceId: params.client_reference_id ?? null,
    metadata: params.metadata,
    paymentMetadata: params.payment_intent_data?.metadata ?? {},
    successUrl: params.success_url,
    cancelUrl: params.cancel_url ?? null,
    expiresAt: checked(params.expires_at, now),
    locale: params.locale ?? null,
    invoice: params.invoice_creation?.enabled === "true",
  };
}

/** Stripe's limits: from 30 minutes to 24 hours from now. */
function checked(expiresAt: number | undefined, now: number): number | undefined {
  if (expiresAt === undefined) return undefined;
  const minutes = (expiresAt * 1000 - now) / 60_000;
  if (minutes >= 29.9 && minutes <= 24 * 60) return expiresAt;
  throw new StripeRefusal(400, "The `expires_at` timestamp must be between 30 minutes and 24 hours from now.", {
    param: "expires_at",
  });
}
