import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { OrderStatus } from "#common/genproto/order/v1/order_pb";
import type { SearchOrdersRequestSchema } from "#common/genproto/order/v1/staff_pb";
import { parseAmount } from "../money/amount.ts";

/** What is looked for, as it stands in the form and in the address; "" means any. */
export type OrderFilter = Record<
  "number" | "name" | "status" | "product" | "from" | "until" | "least" | "most" | "customer",
  string
>;

export const noFilter: OrderFilter = {
  number: "",
  name: "",
  status: "",
  product: "",
  from: "",
  until: "",
  least: "",
  most: "",
  customer: "",
};

const fields = Object.keys(noFilter) as (keyof OrderFilter)[];

export function readFilter(search: string): OrderFilter {
  const query = new URLSearchParams(search);
  return Object.fromEntries(fields.map((field) => [field, query.get(field) ?? ""])) as OrderFilter;
}

/** The filter for the address, without what is empty. */
export function filterQuery(filter: OrderFilter): string {
  const set = fields.filter((field) => filter[field].trim() !== "").map((field) => [field, filter[field].trim()]);
  return new URLSearchParams(set).toString();
}

/** Statuses by their name in the contract, in the order in which an order goes through them. */
export const statuses = {
  pending: OrderStatus.PENDING,
  waiting_for_payment: OrderStatus.WAITING_FOR_PAYMENT,
  paid: OrderStatus.PAID,
  cooking: OrderStatus.COOKING,
  ready: OrderStatus.READY,
  cancelled: OrderStatus.CANCELLED,
  refunded: OrderStatus.REFUNDED,
} as const;
export type StatusName = keyof typeof statuses;

/** What a status is called; unknown for one of a newer version. */
export function statusName(status: OrderStatus): StatusName | "unknown" {
  const found = Object.entries(statuses).find(([, value]) => value === status);
  return (found?.[0] as StatusName | undefined) ?? "unknown";
}

function moment(typed: string) {
  const at = new Date(typed);
  return typed === "" || Number.isNaN(at.getTime()) ? {} : { at: timestampFromDate(at) };
}

/** What of a filter cannot be read, in words: it would not be looked for, and all would seem to be like that. */
export function wrongIn({ least, most }: Pick<OrderFilter, "least" | "most">, currency: string): string | undefined {
  const isRead = (typed: string) => typed.trim() === "" || parseAmount(typed, currency) !== undefined;
  return isRead(least) && isRead(most) ? undefined : "Say amounts as 4.50, or leave them empty.";
}

/** The search as it is asked for; amounts are read in the menu's currency. */
export function searchOf(filter: OrderFilter, currency: string): MessageInitShape<typeof SearchOrdersRequestSchema> {
  const [{ at: from }, { at: until }] = [moment(filter.from), moment(filter.until)];
  const status = Object.entries(statuses).find(([name]) => name === filter.status)?.[1];
  return {
    number: filter.number.replace(/^#/, "").trim(),
    guestName: filter.name.trim(),
    customerId: filter.customer.trim(),
    productId: filter.product,
    statuses: status === undefined ? [] : [status],
    ...(from && { from }),
    ...(until && { until }),
    leastAmount: parseAmount(filter.least, currency) ?? 0n,
    mostAmount: parseAmount(filter.most, currency) ?? 0n,
  };
}
