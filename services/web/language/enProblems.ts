/** What went wrong, in English, by the problem's code; the rest of them is for what has no code. */
export const enProblems = {
  codes: {
    "not-found": { title: "We can’t find that", text: "It may belong to another visit, or it never existed." },
    unauthorized: { title: "Your visit has ended", text: "Please load the page again to start a new one." },
    "order-conflict": {
      title: "The order has moved on",
      text: "Something else happened to it just now. Have another look.",
    },
    "out-of-stock": { title: "Some dishes just ran out", text: "Someone was quicker. Have a look at what is left." },
    "invalid-request": { title: "That did not work", text: "The order could not be read. Please check your cart." },
    "payload-too-large": { title: "That is a very large order", text: "Please split it into smaller ones." },
    "idempotency-key-reused": { title: "That did not work", text: "Please try once more." },
    "prices-changed": { title: "Some prices have just changed", text: "Have another look at your cart." },
    "too-many-requests": {
      title: "That was a lot at once",
      text: "Please wait a minute and try again. If you have unpaid orders, pay or cancel one.",
    },
    busy: { title: "The kitchen is full right now", text: "Your cart stays as it is. Please try again in a moment." },
    unavailable: {
      title: "The kitchen is catching its breath",
      text: "We are having trouble right now. Please try again in a moment.",
    },
  },
  /** What is wrong with a field of the order, by its name. */
  fields: {
    quantity: "A quantity is a whole number from 1 to 99.",
    productId: "One dish is not on the menu any more.",
    note: "A note has at most 140 letters, in one line.",
    guestName: "A name has at most 60 letters.",
    items: "An order has 1 to 50 different dishes.",
    total: "The order costs more, or less, than can be paid at once.",
  },
  offline: { title: "No connection", text: "We could not reach the kitchen. Check your network and try again." },
  closed: "We are closed right now",
  unexpected: { title: "Something went wrong", text: "That was not your fault. Please try again." },
  mention: (trace: string) => `If you tell us about it, mention ${trace}.`,
};
