import { plural, shownStatus } from "./grammar.ts";

const items = plural("en", { one: "item", other: "items" });
const minutes = plural("en", { one: "minute", other: "minutes" });
const dishes = plural("en", { one: "dish", other: "dishes" });

/** The guest's page in English: every other catalogue has the same keys. Functions take what is put into the words. */
export const en = {
  /** For `<html lang>`, and for numbers, prices and times. */
  locale: "en-IE",
  dir: "ltr" as "ltr" | "rtl",
  /** What the language calls itself. */
  itself: "English",

  skip: "Skip to content",
  footer: (shop: string) => `${shop}, made to order.`,
  language: "Language",
  toMenu: (shop: string) => (shop ? `${shop}, to the menu` : "To the menu"),
  mainNavigation: "Main",
  menu: "Menu",
  yourOrders: "Your orders",
  signIn: "Sign in",
  signOut: "Sign out",
  signedInAs: "Signed in as",
  close: "Close",
  tryAgain: "Try again",
  seeMenu: "See the menu",
  backToMenu: "Back to the menu",
  old: "What you see may be old. We keep trying.",

  shop: {
    heading: "Where we are",
    phone: "Phone",
    hours: "Open",
    hoursOf: (days: string, opens: string, closes: string) => `${days} ${opens}–${closes}`,
    daySpan: (from: string, until: string) => `${from}–${until}`,
  },

  missing: {
    title: "Not found",
    heading: "There is nothing here",
    text: "This address leads to an empty plate. The menu has more to offer.",
  },

  dishes: {
    heading: "What are you hungry for?",
    text: "Made fresh when you order. Pick a few things, and watch them become ready.",
    loading: "The menu is loading",
    none: "The kitchen has nothing to offer right now.",
    soldOut: "Sold out",
    plenty: "Plenty left",
    left: (count: number) => `${count} left`,
    onlyLeft: (count: number) => `Only ${count} left`,
    add: "Add",
    addOf: (name: string) => `Add ${name}`,
    contains: "Contains",
    containsNone: "None of the 14 main allergens",
    askUs: "Ask us what is in it",
    one: "One dish",
  },

  allergens: {
    gluten: "gluten",
    crustaceans: "crustaceans",
    eggs: "eggs",
    fish: "fish",
    peanuts: "peanuts",
    soy: "soy",
    milk: "milk",
    nuts: "nuts",
    celery: "celery",
    mustard: "mustard",
    sesame: "sesame",
    sulphites: "sulphites",
    lupin: "lupin",
    molluscs: "molluscs",
  },

  cart: {
    heading: "Your cart",
    empty: "Nothing in here yet. Add something that smells good.",
    view: "View cart",
    items: (count: number) => `${count} ${items(count)}`,
    total: "Total",
    inCart: (count: number, name: string) => `${count} ${name} in your cart`,
    changed: (count: number, name: string) => `${count} ${name}`,
    takenOut: (name: string) => `${name} taken out of your cart`,
    remove: "Remove",
    removeOf: (name: string) => `Remove ${name}`,
    onlyLeft: (count: number) => `Only ${count} left`,
    soldOutByNow: "Sold out by now",
    full: (most: number) => `Your cart is full: ${most} different ${dishes(most)} are the most.`,
    notAdded: (name: string, why: string) => `${name} was not added. ${why}`,
    mostLeft: (count: number) => `Only ${count} left.`,
    mostOfOne: (most: number) => `${most} of one dish are the most in one order.`,
    quantityOf: (name: string) => `Quantity of ${name}`,
    oneFewer: (name: string) => `One ${name} fewer`,
    oneMore: (name: string) => `One more ${name}`,
    noteAdd: "Add a note",
    noteAddOf: (name: string) => `Add a note to ${name}`,
    note: "Note for the kitchen",
    noteOf: (name: string) => `Note for the kitchen, ${name}`,
    noteHint: "such as: no nuts, please",
    guestName: "Your name, if you like",
    guestNameHint: "We call it out when your meal is ready.",
    place: "Place order",
    placing: "Placing your order…",
    placeAtNewPrices: "Order at the new prices",
    hint: "You pay on the next page. The kitchen starts once it is paid.",
    closed: "We take no orders right now. Your cart stays as it is.",
    closedTitle: "We are closed right now",
  },

  refused: {
    pricesTitle: "Some prices have just changed",
    pricesText: "Nothing was ordered. Your cart shows the new prices.",
    price: (name: string, now: string, seen: string) => `${name} costs ${now} now, not ${seen}.`,
    shortTitle: "Some dishes just ran out",
    shortOf: (name: string, left: number, wanted: number) => `${name}: only ${left} left, you asked for ${wanted}.`,
    soldOut: (name: string) => `${name} is sold out.`,
    adjust: "Adjust my cart",
  },

  again: {
    button: "Order this again",
    buttonOf: (number: string) => `Order this again: ${number}`,
    filled: "Your cart is filled.",
    title: "Not all of it could be put into your cart again",
    gone: (name: string) => `${name} is not on the menu any more.`,
    fewer: (name: string, left: number, wanted: number) =>
      `${name}: ${left} instead of ${wanted}, as that is all there is.`,
    full: (name: string, most: number) => `${name} did not fit: ${most} different ${dishes(most)} are the most.`,
  },

  order: {
    title: "Your order",
    number: (number: string) => `Order ${number}`,
    loading: "Your order is loading",
    for: (name: string) => `For ${name}`,
    items: "What you ordered",
    underWay: "Orders under way",
    moved: (number: string, status: string) => `Order ${number}: ${status}`,
    estimate: (count: number) =>
      count < 1
        ? "Any moment now."
        : count === 1
          ? "Ready in about a minute."
          : `Ready in about ${count} ${minutes(count)}.`,
    pay: (amount: string) => `Pay ${amount}`,
    timeLeft: "Time left to pay:",
    notThrough: "Did the payment not go through?",
    payAgain: "Open the payment page again",
    billLate: "It will appear here by itself. You can also come back later: the order is under “Your orders”.",
  },

  orders: {
    open: "Open",
    past: "Past",
    loading: "Your orders are loading",
    none: "You have not ordered anything yet.",
    older: "Show older orders",
    olderShown: (count: number) => `${count} older orders`,
  },

  cancel: {
    button: "Cancel order",
    heading: "Cancel this order?",
    text: "The dishes go back to the kitchen and you pay nothing: money that is already on its way comes back to you.",
    keep: "Keep it",
    confirm: "Cancel the order",
    working: "Cancelling…",
  },

  elsewhere: {
    title: (number: string) => `We can’t show ${number} here`,
    text: "An order is shown only in the browser that placed it. This is another one, or its cookies were cleared since, or the address has a mistake in it.",
    done: "If your payment went through, the order is with the kitchen all the same.",
    cancelled: "If you gave up paying, nothing was charged, and the order ends by itself.",
    openThere: "Open the page in the browser in which you ordered: it is under “Your orders” there.",
    tellUs: (number: string) =>
      `Paid, and nowhere to be found? Tell us the number ${number}, or show the receipt of your payment. There is no need to order or to pay again.`,
    ordersHere: "Your orders here",
  },

  timeline: {
    heading: "How it is going",
    states: { done: "done", current: "now", upcoming: "to come", ended: "the end" },
    steps: {
      pending: "Placed",
      waiting_for_payment: "Ready to pay",
      paid: "Paid",
      cooking: "Being cooked",
      ready: "Ready",
      cancelled: "Cancelled",
      refunded: "Refunded",
    },
  },

  /** For chips in the list of orders. */
  short: {
    pending: "Placed",
    waiting_for_payment: "Waiting for payment",
    paid: "In the kitchen",
    cooking: "Being cooked",
    ready: "Ready",
    cancelled: "Cancelled",
    refunded: "Refunded",
  },
  /** A status that this page does not know yet. */
  unknownStatus: shownStatus,
};
