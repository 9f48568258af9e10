/** Every queue that events flow into. Each has a twin `dlq-<name>` for what could not be handled. */
export const queues = ["payment-order.created", "order-order.paid", "kitchen-order.paid"] as const;
