const underWay = "Should a payment have been under way, it comes back to you by itself.";

/** Where an order stands, in English: a title and a sentence each. */
export const enOrder = {
  pending: { title: "Order placed", text: "We are getting your bill ready. This takes a moment." },
  billLate: {
    title: "Your bill takes longer than it should",
    text: "We have your order and keep your dishes. You can pay as soon as this page says so; nothing is charged before.",
  },
  waiting: { title: "Ready to pay", text: "The kitchen starts as soon as the order is paid." },
  timeUp: {
    title: "The time to pay is up",
    text: "We are making sure that nothing was charged. What became of the order stands here in a moment.",
  },
  backDone: {
    title: "Confirming your payment",
    text: "Thank you! We are waiting for word from the payment provider.",
  },
  backCancelled: {
    title: "Not paid yet",
    text: "You left the payment page and nothing was charged. Pay whenever you are ready.",
  },
  paid: {
    title: "The kitchen is on it",
    text: "Your order is paid. You can leave this page open, it moves by itself.",
  },
  cooking: { title: "Being cooked", text: "Your dishes are on the stove. This page says when they are ready." },
  ready: { title: "It’s ready!", text: "Come and get it while it’s hot. Enjoy your meal." },
  cancelled: { title: "Cancelled", text: "Nothing was charged." },
  cancelledByCustomer: { title: "You cancelled this order", text: `You pay nothing. ${underWay}` },
  cancelledExpired: {
    title: "This order ran out of time",
    text: `It was not paid in time, so the dishes went back. ${underWay}`,
  },
  cancelledByStaff: {
    title: "Cancelled",
    text: "We had to cancel this order, and we are sorry. Whatever you paid goes back to you.",
  },
  cancelledPaymentFailed: {
    title: "The payment failed",
    text: "The order was cancelled and nothing was charged. You can order again and pay another way.",
  },
  refunded: {
    title: "Refunded",
    text: "We could not serve this order after all, and we are sorry. Your money is on its way back to you.",
  },
  refundedLate: {
    title: "Refunded",
    text: "The payment came when the order was over already. Your money is on its way back to you.",
  },
  unknown: "Your order has moved on. This page moves with it.",
};
