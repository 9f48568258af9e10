import { plural, shownStatus } from "./grammar.ts";
import type { Catalogue } from "./language.ts";

const items = plural("de", { one: "Gericht", other: "Gerichte" });

/** The guest's page in German. */
export const de: Omit<Catalogue, "status" | "problems"> = {
  locale: "de-DE",
  dir: "ltr",
  itself: "Deutsch",

  skip: "Zum Inhalt springen",
  footer: (shop) => `${shop}, frisch für dich.`,
  language: "Sprache",
  toMenu: (shop) => (shop ? `${shop}, zur Karte` : "Zur Karte"),
  mainNavigation: "Hauptmenü",
  menu: "Karte",
  yourOrders: "Deine Bestellungen",
  signIn: "Anmelden",
  signOut: "Abmelden",
  signedInAs: "Angemeldet als",
  close: "Schließen",
  tryAgain: "Noch einmal versuchen",
  seeMenu: "Zur Karte",
  backToMenu: "Zurück zur Karte",
  old: "Was du siehst, ist vielleicht veraltet. Wir versuchen es weiter.",

  shop: {
    heading: "Hier findest du uns",
    phone: "Telefon",
    hours: "Geöffnet",
    hoursOf: (days, opens, closes) => `${days} ${opens}–${closes} Uhr`,
    daySpan: (from, until) => `${from}–${until}`,
  },

  missing: {
    title: "Nicht gefunden",
    heading: "Hier ist nichts",
    text: "Diese Adresse führt zu einem leeren Teller. Die Karte hat mehr zu bieten.",
  },

  dishes: {
    heading: "Worauf hast du Hunger?",
    text: "Frisch gekocht, sobald du bestellst. Such dir etwas aus und sieh zu, wie es fertig wird.",
    loading: "Die Karte wird geladen",
    none: "Die Küche hat gerade nichts anzubieten.",
    soldOut: "Ausverkauft",
    plenty: "Reichlich da",
    left: (count) => `noch ${count}`,
    onlyLeft: (count) => `Nur noch ${count}`,
    add: "Dazu",
    addOf: (name) => `${name} in den Warenkorb`,
    contains: "Enthält",
    containsNone: "Keines der 14 Hauptallergene",
    askUs: "Frag uns, was darin ist",
    one: "Ein Gericht",
  },

  allergens: {
    gluten: "Gluten",
    crustaceans: "Krebstiere",
    eggs: "Eier",
    fish: "Fisch",
    peanuts: "Erdnüsse",
    soy: "Soja",
    milk: "Milch",
    nuts: "Schalenfrüchte",
    celery: "Sellerie",
    mustard: "Senf",
    sesame: "Sesam",
    sulphites: "Sulfite",
    lupin: "Lupinen",
    molluscs: "Weichtiere",
  },

  cart: {
    heading: "Dein Warenkorb",
    empty: "Noch nichts drin. Nimm etwas, das gut riecht.",
    view: "Zum Warenkorb",
    items: (count) => `${count} ${items(count)}`,
    total: "Summe",
    inCart: (count, name) => `${count} × ${name} im Warenkorb`,
    changed: (count, name) => `${count} × ${name}`,
    takenOut: (name) => `${name} aus dem Warenkorb genommen`,
    remove: "Entfernen",
    removeOf: (name) => `${name} entfernen`,
    onlyLeft: (count) => `Nur noch ${count} da`,
    soldOutByNow: "Inzwischen ausverkauft",
    full: (most) => `Dein Warenkorb ist voll: Mehr als ${most} verschiedene Gerichte gehen nicht.`,
    notAdded: (name, why) => `${name} kam nicht dazu. ${why}`,
    mostLeft: (count) => `Nur noch ${count} da.`,
    mostOfOne: (most) => `Mehr als ${most} von einem Gericht gehen nicht in eine Bestellung.`,
    quantityOf: (name) => `Anzahl ${name}`,
    oneFewer: (name) => `Eins weniger: ${name}`,
    oneMore: (name) => `Eins mehr: ${name}`,
    noteAdd: "Notiz dazu",
    noteAddOf: (name) => `Notiz zu ${name}`,
    note: "Notiz für die Küche",
    noteOf: (name) => `Notiz für die Küche, ${name}`,
    noteHint: "etwa: bitte ohne Nüsse",
    guestName: "Dein Name, wenn du magst",
    guestNameHint: "Wir rufen ihn auf, wenn dein Essen fertig ist.",
    place: "Bestellen",
    placing: "Deine Bestellung wird aufgegeben …",
    placeAtNewPrices: "Zu den neuen Preisen bestellen",
    hint: "Bezahlt wird auf der nächsten Seite. Dann fängt die Küche an.",
    closed: "Wir nehmen gerade keine Bestellungen an. Dein Warenkorb bleibt, wie er ist.",
    closedTitle: "Wir haben gerade geschlossen",
  },

  refused: {
    pricesTitle: "Einige Preise haben sich gerade geändert",
    pricesText: "Es wurde nichts bestellt. Dein Warenkorb zeigt die neuen Preise.",
    price: (name, now, seen) => `${name} kostet jetzt ${now}, nicht ${seen}.`,
    shortTitle: "Einige Gerichte sind gerade ausgegangen",
    shortOf: (name, left, wanted) => `${name}: nur noch ${left} da, du wolltest ${wanted}.`,
    soldOut: (name) => `${name} ist ausverkauft.`,
    adjust: "Warenkorb anpassen",
  },

  again: {
    button: "Noch einmal bestellen",
    buttonOf: (number) => `Noch einmal bestellen: ${number}`,
    filled: "Dein Warenkorb ist gefüllt.",
    title: "Nicht alles konnte wieder in deinen Warenkorb",
    gone: (name) => `${name} steht nicht mehr auf der Karte.`,
    fewer: (name, left, wanted) => `${name}: ${left} statt ${wanted}, mehr ist nicht da.`,
    full: (name, most) => `${name} passte nicht mehr: Mehr als ${most} verschiedene Gerichte gehen nicht.`,
  },

  order: {
    title: "Deine Bestellung",
    number: (number) => `Bestellung ${number}`,
    loading: "Deine Bestellung wird geladen",
    for: (name) => `Für ${name}`,
    items: "Was du bestellt hast",
    underWay: "Laufende Bestellungen",
    moved: (number, status) => `Bestellung ${number}: ${status}`,
    estimate: (count) =>
      count < 1
        ? "Jeden Moment fertig."
        : count === 1
          ? "Fertig in etwa einer Minute."
          : `Fertig in etwa ${count} Minuten.`,
    pay: (amount) => `${amount} bezahlen`,
    timeLeft: "Zeit zum Bezahlen:",
    notThrough: "Hat es mit der Zahlung nicht geklappt?",
    payAgain: "Zahlungsseite noch einmal öffnen",
    billLate:
      "Sie erscheint hier von selbst. Du kannst auch später wiederkommen: Die Bestellung steht unter „Deine Bestellungen“.",
  },

  orders: {
    open: "Offen",
    past: "Früher",
    loading: "Deine Bestellungen werden geladen",
    none: "Du hast noch nichts bestellt.",
    older: "Ältere Bestellungen zeigen",
    olderShown: (count) => `${count} ältere Bestellungen`,
  },

  cancel: {
    button: "Bestellung stornieren",
    heading: "Diese Bestellung stornieren?",
    text: "Die Gerichte gehen zurück an die Küche, und du zahlst nichts: Geld, das schon unterwegs ist, kommt zu dir zurück.",
    keep: "Behalten",
    confirm: "Bestellung stornieren",
    working: "Wird storniert …",
  },

  elsewhere: {
    title: (number) => `Wir können ${number} hier nicht zeigen`,
    text: "Eine Bestellung ist nur in dem Browser zu sehen, in dem sie aufgegeben wurde. Dies ist ein anderer, oder seine Cookies wurden seitdem gelöscht, oder in der Adresse ist ein Fehler.",
    done: "Wenn deine Zahlung geklappt hat, ist die Bestellung trotzdem in der Küche.",
    cancelled: "Wenn du die Zahlung abgebrochen hast, wurde nichts abgebucht, und die Bestellung endet von selbst.",
    openThere: "Öffne die Seite in dem Browser, in dem du bestellt hast: Dort steht sie unter „Deine Bestellungen“.",
    tellUs: (number) =>
      `Bezahlt und nirgends zu finden? Nenne uns die Nummer ${number}, oder zeige den Beleg deiner Zahlung. Du musst nicht noch einmal bestellen oder bezahlen.`,
    ordersHere: "Deine Bestellungen hier",
  },

  timeline: {
    heading: "So steht es",
    states: { done: "erledigt", current: "jetzt", upcoming: "kommt noch", ended: "das Ende" },
    steps: {
      pending: "Aufgegeben",
      waiting_for_payment: "Bereit zum Bezahlen",
      paid: "Bezahlt",
      cooking: "Wird gekocht",
      ready: "Fertig",
      cancelled: "Storniert",
      refunded: "Erstattet",
    },
  },

  short: {
    pending: "Aufgegeben",
    waiting_for_payment: "Wartet auf Zahlung",
    paid: "In der Küche",
    cooking: "Wird gekocht",
    ready: "Fertig",
    cancelled: "Storniert",
    refunded: "Erstattet",
  },
  unknownStatus: shownStatus,
};
