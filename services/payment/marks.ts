type Metadata = Readonly<Record<string, string>>;

const app = "gorder";

/** What may be the id of an order: nobody has to be asked about anything else. */
const possibleId = /^[\w-]{1,128}$/;

/**
 * What is written on everything of an order at the provider, whose account other applications may share. `orderId` is
 * for replicas of the version before, which know nothing else.
 */
export function marksOf(orderId: string, refundId?: string): Record<string, string> {
  return { app, gorder_order_id: orderId, ...(refundId && { gorder_refund_id: refundId }), orderId };
}

/**
 * The order that something at the provider is of. It is `certain` where our own marks say so; what bears the old name
 * alone may be of the version before, or of another application. Undefined when it names none.
 */
export function markedOrder(metadata: Metadata | null | undefined): { orderId: string; certain: boolean } | undefined {
  const { gorder_order_id, orderId } = metadata ?? {};
  if (metadata?.app === app && gorder_order_id) return { orderId: gorder_order_id, certain: true };
  return orderId !== undefined && possibleId.test(orderId) ? { orderId, certain: false } : undefined;
}

/** What a refund was asked for by; undefined when nobody here did. The version before wrote no id. */
export function refundIdOf(metadata: Metadata | null | undefined): string | undefined {
  const marked = markedOrder(metadata);
  return metadata?.gorder_refund_id ?? (marked && `refund-${marked.orderId}`);
}
